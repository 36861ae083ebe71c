"""What can go wrong while an archive is opened, written and kept."""

from __future__ import annotations

from archive.errors.base import ArchiveError


class ArchiveNotFound(ArchiveError):
    """There is no archive in this folder."""

    code = "no-archive"


class NotAnArchive(ArchiveError):
    """The file is no SQLite database, or a database of another program."""

    code = "not-an-archive"


class BadAddress(ArchiveError):
    """What is given as the address of a database is none; a password in it is not told."""

    code = "bad-address"


class FolderUnknown(ArchiveError):
    """Neither the address of a database nor the database says where the folder of the archive lies, or it is not there."""

    code = "folder-unknown"


class DatabaseAway(ArchiveError):
    """The server of a database does not answer, or does not let this account in."""

    code = "database-away"


class ArchiveTooNew(ArchiveError):
    """The archive was made by a newer version of the program."""

    code = "archive-too-new"


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive and did not finish within the busy timeout."""

    code = "archive-locked"


class DiskFull(ArchiveError):
    """No room left; the running transaction was rolled back."""

    code = "disk-full"


class IndexDiskFull(DiskFull):
    """No room left for the derived full-text index; what was added is in the database."""

    code = "index-disk-full"


class NoPermission(ArchiveError):
    """The folder or a file in it may not be read or written."""

    code = "no-permission"


class ReadOnly(NoPermission):
    """The archive lies where nothing may be written: it answers, and is not changed."""

    code = "read-only"


class ArchiveTooOld(ArchiveError):
    """The archive was made by an older version, and lies where it cannot be brought to the form of this one."""

    code = "archive-too-old"


class ArchiveDamaged(ArchiveError):
    """The database says that it is malformed, or the disk fails."""

    code = "archive-damaged"


class PlanDamaged(ArchiveError):
    """The stored plan of a version cannot be read; nothing else is touched by that."""

    code = "plan-damaged"


class IndexBroken(ArchiveError):
    """The derived full-text index cannot be read. The database is not touched by that."""

    code = "index-broken"


class NotStorable(ArchiveError):
    """A text with lone surrogates, which no database keeps."""

    code = "not-storable"


class AlreadyThere(ArchiveError):
    """The file that is to replace a document is itself in the archive, as a document or an earlier version."""

    code = "already-there"


class AlreadyUndone(ArchiveError):
    """The entry of the journal was undone by another, which can be undone in its turn."""

    code = "already-undone"


class CannotUndo(ArchiveError):
    """Nothing undoes a change of this kind."""

    code = "cannot-undo"


class BackupDamaged(ArchiveError):
    """A backup is cut off, altered, or no backup."""

    code = "backup-damaged"


class MoveFailed(ArchiveError):
    """What was copied to another database is not what was there; ``facts["what"]`` is the table or the file."""

    code = "move-failed"


class FileThere(ArchiveError):
    """A file is there already; nothing is written over it."""

    code = "file-there"


class FolderNotEmpty(ArchiveError):
    """A folder that is to be filled holds something already."""

    code = "folder-not-empty"


class FileChanged(ArchiveError):
    """The alias file was written since it was last read: what it says would be lost."""

    code = "file-changed"


class ChangedSince(ArchiveError):
    """A later change stands on the one that is to be undone; ``facts["later"]`` is its number."""

    code = "changed-since"


class AliasError(ArchiveError):
    """The alias file cannot be understood. ``code`` says why, ``facts["line"]`` where (1-based). Nothing was changed."""

    code = "alias-error"


class EngineMissing(ArchiveError):
    """The search engine that was chosen for an archive is an extra of the package, and not installed here."""

    code = "engine-missing"


class ExtraMissing(ArchiveError):
    """What is asked for needs an extra of the package (``postgresql``, ``cluster``) that is not installed here."""

    code = "extra-missing"


class ClusterAway(ArchiveError):
    """The scheduler of a cluster does not answer, has no workers, or was lost. What was stored until then stays."""

    code = "cluster-away"


class ClusterDiffers(ArchiveError):
    """A worker of a cluster has another version of this program, which would make other plans, or none."""

    code = "cluster-differs"


class QuestionTooSlow(ArchiveError):
    """The search for an answer took longer than any should, and was given up."""

    code = "question-too-slow"


class TooFewCleanTexts(ArchiveError):
    """The archive holds too few clean documents, or too short ones, to train a restorer on."""

    code = "too-few-clean-texts"
