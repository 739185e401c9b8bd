# What MX promises where it depends on what carries it.
whole
conformance "--cases '(connect-(tells|with-wrong-key-is|to-closed)|reconnect|restarted|close|wake|.*-when-unexpected).*'"
