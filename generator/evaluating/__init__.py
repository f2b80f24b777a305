"""What networks write, measured against what people wrote: features, overlap, a judge, copying."""
