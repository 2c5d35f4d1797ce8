"""How good the suggested goals are, measured on ideas that were labelled by hand."""
