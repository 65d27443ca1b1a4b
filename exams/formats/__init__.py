"""What an exam is made of: blueprints, forms assembled from them, and conversions of scores."""
