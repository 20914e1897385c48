"""The leader and the threads that it starts."""
