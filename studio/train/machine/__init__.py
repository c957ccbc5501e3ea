"""What a training computes on: devices, processes, memory, and the choices that make it fast."""
