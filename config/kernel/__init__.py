"""The leaf that everything may import: no models, no HTTP, no settings of its own."""
