"""Static files under names that carry a hash of their content, compressed once when collected."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrites the imports between our own ES modules too, so that these may be cached for ever."""

    support_js_module_import_aggregation = True
