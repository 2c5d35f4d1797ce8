"""What one can do: one verb per public function, each inside the caller's transaction unless it says otherwise."""
