"""The commands of `nhacviec`, thin: read arguments, call one use case, print."""
