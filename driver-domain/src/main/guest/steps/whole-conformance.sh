# Everything that MX promises.
whole
conformance
