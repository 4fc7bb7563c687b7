"""From scenes to files: SVG and plain words. Renderers know shapes and ink, never a case."""
