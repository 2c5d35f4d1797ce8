"""What one can do: one verb per public function, inside the caller's transaction unless it says otherwise."""
