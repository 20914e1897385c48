"""The script contract: arguments, log, reports, exits, instance."""
