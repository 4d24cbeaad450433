/* A SQLite file system for tests: it records what is written and not yet synced, and fails, or dies, when it is told to.
 *
 * It becomes the process's default and passes everything through but what lies in a directory that is watched. There it
 * writes through to the real file, and remembers for every write since the file's last sync what was there before. When
 * the power fails, nothing reaches the disk any more; once all connections are closed, fault_vfs_cut puts the files into
 * a state that a disk may be left in: of the writes that were not synced some are kept, some dropped, some torn. */
#ifndef FAULT_VFS_H
#define FAULT_VFS_H

enum {
    FAULT_NONE = 0,
    FAULT_WRITE_ERROR = 1, /* EIO at a write */
    FAULT_DISK_FULL = 2,   /* ENOSPC at a write */
    FAULT_SHORT_WRITE = 3, /* half of a write, then EIO */
    FAULT_SYNC_ERROR = 4,  /* EIO at a sync, which leaves everything unsynced */
    FAULT_READ_ERROR = 5,  /* EIO at a read */
    FAULT_POWER = 6        /* the power fails: from then on nothing is written */
};

enum { CUT_DROPS = 0, CUT_KEEPS = 1, CUT_MIXES = 2 };

/* Makes it the default, once for the process. 0, or SQLite's error. */
int fault_vfs_install(void);
/* Watches the files whose names begin with `directory`, or ends that. Non-zero when too many are watched. */
int fault_vfs_watch(const char *directory);
void fault_vfs_forget(const char *directory);
/* Lets the `countdown`-th call from now on of the kind that the fault concerns fail; the power fails at any that writes. */
void fault_vfs_arm(const char *directory, int fault, long countdown);
/* Whether it struck; the next fault can be armed then. */
int fault_vfs_struck(const char *directory);
/* Syncs that do nothing, as those of a disk that lies. */
void fault_vfs_ignore_syncs(const char *directory, int ignores);
/* The power comes back. Returns how many unsynced writes were not wholly kept. */
long fault_vfs_cut(const char *directory, int policy, unsigned long long seed);
/* Calls so far: writes, syncs, reads, faults. */
void fault_vfs_counts(const char *directory, long counts[4]);

#endif
