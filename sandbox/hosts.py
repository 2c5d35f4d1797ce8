"""Which hosts are this machine alone."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address can only be this machine."""
    name = host.strip("[]").lower().removesuffix(".")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def host_name(netloc: str) -> str:
    """Take the port off a Host header."""
    if netloc.startswith("["):
        return netloc.partition("]")[0] + "]"
    return netloc.partition(":")[0]
