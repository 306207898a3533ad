"""What a build writes beside the pages: Markdown, JSON, addresses."""
