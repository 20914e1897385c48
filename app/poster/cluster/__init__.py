"""Pictures drawn on other machines, by the workers of a dask.distributed scheduler."""
