"""The project file: a project as one readable, versioned YAML (docs/project-file.md, docs/adr/0005).

`schema` declares every section and key once; `reading`, `checking`, `importing`, `exporting`, `comparing` and `describing` follow it, those with
`_notes` for what people wrote themselves.
"""
