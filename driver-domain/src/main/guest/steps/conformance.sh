# What MX promises where it depends on what carries it.
whole
conformance "--cases '(connect|reconnect|restarted|close|wake|.*-arrives-intact).*'"
