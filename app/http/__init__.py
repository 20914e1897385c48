"""Around a request: proxies, access, errors, metrics."""
