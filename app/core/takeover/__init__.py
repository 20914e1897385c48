"""What an existing Posterizarr data folder holds, read without changing it."""
