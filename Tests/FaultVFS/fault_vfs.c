#include "fault_vfs.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, WORLDS = 64, PATH_LIMIT = 512 };

/* One write, or a truncation (new_size 0), that was not synced. */
typedef struct change {
    struct change *next; /* the one before it */
    sqlite3_int64 offset, old_file_size;
    int old_size, new_size;
    unsigned char *old_bytes, *new_bytes;
} change;

typedef struct file {
    struct file *next;
    char path[PATH_LIMIT];
    change *last;
} file;

typedef struct world {
    int is_used, fault, struck, is_dead, ignores_syncs;
    long countdown, counts[4];
    char directory[PATH_LIMIT];
    file *files;
} world;

typedef struct handle {
    sqlite3_file base;
    world *world;
    file *file;
    sqlite3_file *real;
} handle;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static world worlds[WORLDS];
static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;

static world *world_of(const char *path) {
    if (!path) return NULL;
    for (int i = 0; i < WORLDS; i++)
        if (worlds[i].is_used && strncmp(path, worlds[i].directory, strlen(worlds[i].directory)) == 0) return &worlds[i];
    return NULL;
}

static void drop_changes(file *f) {
    while (f->last) {
        change *c = f->last;
        f->last = c->next;
        free(c->old_bytes);
        free(c->new_bytes);
        free(c);
    }
}

static file *file_of(world *w, const char *path) {
    for (file *f = w->files; f; f = f->next)
        if (strcmp(f->path, path) == 0) return f;
    file *f = calloc(1, sizeof *f);
    strncpy(f->path, path, PATH_LIMIT - 1);
    f->next = w->files;
    w->files = f;
    return f;
}

/* Counts a call; the fault that it has to give, or FAULT_NONE. */
static int turn(world *w, int concerns, int counter) {
    w->counts[counter]++;
    if (w->fault == FAULT_NONE || w->struck) return FAULT_NONE;
    int is_concerned = w->fault == concerns || (w->fault == FAULT_POWER && counter != 2)
        || (concerns == FAULT_WRITE_ERROR && (w->fault == FAULT_DISK_FULL || w->fault == FAULT_SHORT_WRITE));
    if (!is_concerned || --w->countdown > 0) return FAULT_NONE;
    w->struck = 1;
    w->counts[3]++;
    if (w->fault == FAULT_POWER) w->is_dead = 1;
    return w->fault;
}

static void remember(handle *h, sqlite3_int64 offset, int old_size, sqlite3_int64 file_size, const void *bytes, int size) {
    change *c = calloc(1, sizeof *c);
    c->offset = offset;
    c->old_file_size = file_size;
    c->old_size = old_size;
    c->new_size = size;
    if (old_size > 0) {
        c->old_bytes = malloc(old_size);
        h->real->pMethods->xRead(h->real, c->old_bytes, old_size, offset);
    }
    if (size > 0) {
        c->new_bytes = malloc(size);
        memcpy(c->new_bytes, bytes, size);
    }
    c->next = h->file->last;
    h->file->last = c;
}

static int f_close(sqlite3_file *f) {
    handle *h = (handle *)f;
    return h->real->pMethods->xClose(h->real);
}

static int f_read(sqlite3_file *f, void *bytes, int size, sqlite3_int64 offset) {
    handle *h = (handle *)f;
    pthread_mutex_lock(&lock);
    int fault = turn(h->world, FAULT_READ_ERROR, 2);
    pthread_mutex_unlock(&lock);
    if (fault) return SQLITE_IOERR_READ;
    return h->real->pMethods->xRead(h->real, bytes, size, offset);
}

static int f_write(sqlite3_file *f, const void *bytes, int size, sqlite3_int64 offset) {
    handle *h = (handle *)f;
    pthread_mutex_lock(&lock);
    int fault = turn(h->world, FAULT_WRITE_ERROR, 0), result = SQLITE_OK;
    int torn = fault == FAULT_SHORT_WRITE || fault == FAULT_POWER ? (size / 2 / SECTOR) * SECTOR : 0;
    if (fault == FAULT_NONE && h->world->is_dead) result = SQLITE_IOERR_WRITE;
    if (fault == FAULT_DISK_FULL) result = SQLITE_FULL;
    if (fault == FAULT_WRITE_ERROR || fault == FAULT_SHORT_WRITE || fault == FAULT_POWER) result = SQLITE_IOERR_WRITE;
    if (result == SQLITE_OK || torn > 0) {
        int part = result == SQLITE_OK ? size : torn;
        sqlite3_int64 file_size = 0;
        h->real->pMethods->xFileSize(h->real, &file_size);
        sqlite3_int64 old = file_size - offset;
        remember(h, offset, old <= 0 ? 0 : old < part ? (int)old : part, file_size, bytes, part);
        int code = h->real->pMethods->xWrite(h->real, bytes, part, offset);
        if (result == SQLITE_OK) result = code;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
    handle *h = (handle *)f;
    pthread_mutex_lock(&lock);
    int fault = turn(h->world, FAULT_WRITE_ERROR, 0), result = SQLITE_IOERR_TRUNCATE;
    if (fault == FAULT_NONE && !h->world->is_dead) {
        sqlite3_int64 file_size = 0;
        h->real->pMethods->xFileSize(h->real, &file_size);
        if (file_size > size) remember(h, size, (int)(file_size - size), file_size, NULL, 0);
        result = h->real->pMethods->xTruncate(h->real, size);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

/* Nothing is synced for real: what would be lost is known here. */
static int f_sync(sqlite3_file *f, int flags) {
    (void)flags;
    handle *h = (handle *)f;
    pthread_mutex_lock(&lock);
    int fault = turn(h->world, FAULT_SYNC_ERROR, 1), result = SQLITE_OK;
    if (fault || h->world->is_dead)
        result = SQLITE_IOERR_FSYNC;
    else if (!h->world->ignores_syncs)
        drop_changes(h->file);
    pthread_mutex_unlock(&lock);
    return result;
}

#define PASS(name, parameters, arguments)                      \
    static int f_##name parameters {                           \
        sqlite3_file *real = ((handle *)f)->real;              \
        return real->pMethods->x##name arguments;              \
    }
PASS(FileSize, (sqlite3_file *f, sqlite3_int64 *size), (real, size))
PASS(Lock, (sqlite3_file *f, int level), (real, level))
PASS(Unlock, (sqlite3_file *f, int level), (real, level))
PASS(CheckReservedLock, (sqlite3_file *f, int *result), (real, result))
PASS(FileControl, (sqlite3_file *f, int operation, void *argument), (real, operation, argument))
PASS(SectorSize, (sqlite3_file *f), (real))
PASS(ShmMap, (sqlite3_file *f, int page, int size, int extend, void volatile **map), (real, page, size, extend, map))
PASS(ShmLock, (sqlite3_file *f, int offset, int count, int flags), (real, offset, count, flags))
PASS(ShmUnmap, (sqlite3_file *f, int deletes), (real, deletes))

static void f_ShmBarrier(sqlite3_file *f) {
    sqlite3_file *real = ((handle *)f)->real;
    real->pMethods->xShmBarrier(real);
}

/* No promise that a write of a sector is whole, or in order. */
static int f_DeviceCharacteristics(sqlite3_file *f) {
    (void)f;
    return 0;
}

static const sqlite3_io_methods methods = {
    2, f_close, f_read, f_write, f_truncate, f_sync, f_FileSize, f_Lock, f_Unlock, f_CheckReservedLock, f_FileControl,
    f_SectorSize, f_DeviceCharacteristics, f_ShmMap, f_ShmLock, f_ShmBarrier, f_ShmUnmap, NULL, NULL};

static int v_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *out) {
    (void)v;
    pthread_mutex_lock(&lock);
    world *w = world_of(path);
    pthread_mutex_unlock(&lock);
    if (!w) return real_vfs->xOpen(real_vfs, path, f, flags, out);
    handle *h = (handle *)f;
    memset(h, 0, sizeof *h);
    h->real = (sqlite3_file *)(h + 1);
    int code = real_vfs->xOpen(real_vfs, path, h->real, flags, out);
    if (h->real->pMethods) {
        h->base.pMethods = &methods;
        h->world = w;
        pthread_mutex_lock(&lock);
        h->file = file_of(w, path);
        pthread_mutex_unlock(&lock);
    }
    return code;
}

static int v_delete(sqlite3_vfs *v, const char *path, int syncs) {
    (void)v;
    pthread_mutex_lock(&lock);
    world *w = world_of(path);
    int is_dead = w && w->is_dead;
    if (w && !is_dead) drop_changes(file_of(w, path));
    pthread_mutex_unlock(&lock);
    return is_dead ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, path, w ? 0 : syncs);
}

int fault_vfs_install(void) {
    static int is_installed;
    pthread_mutex_lock(&lock);
    int code = SQLITE_OK;
    if (!is_installed) {
        sqlite3_initialize();
        real_vfs = sqlite3_vfs_find(NULL);
        vfs = *real_vfs;
        vfs.zName = "fault";
        vfs.szOsFile = (int)sizeof(handle) + real_vfs->szOsFile;
        vfs.xOpen = v_open;
        vfs.xDelete = v_delete;
        code = sqlite3_vfs_register(&vfs, 1);
        is_installed = code == SQLITE_OK;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

int fault_vfs_watch(const char *directory) {
    int result = 1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < WORLDS && result; i++) {
        if (worlds[i].is_used) continue;
        memset(&worlds[i], 0, sizeof worlds[i]);
        strncpy(worlds[i].directory, directory, PATH_LIMIT - 1);
        worlds[i].is_used = 1;
        result = 0;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

void fault_vfs_forget(const char *directory) {
    pthread_mutex_lock(&lock);
    world *w = world_of(directory);
    if (w) {
        while (w->files) {
            file *f = w->files;
            w->files = f->next;
            drop_changes(f);
            free(f);
        }
        w->is_used = 0;
    }
    pthread_mutex_unlock(&lock);
}

void fault_vfs_arm(const char *directory, int fault, long countdown) {
    pthread_mutex_lock(&lock);
    world *w = world_of(directory);
    if (w) {
        w->fault = fault;
        w->countdown = countdown;
        w->struck = 0;
    }
    pthread_mutex_unlock(&lock);
}

int fault_vfs_struck(const char *directory) {
    pthread_mutex_lock(&lock);
    world *w = world_of(directory);
    int struck = w ? w->struck : 0;
    pthread_mutex_unlock(&lock);
    return struck;
}

void fault_vfs_ignore_syncs(const char *directory, int ignores) {
    pthread_mutex_lock(&lock);
    world *w = world_of(directory);
    if (w) w->ignores_syncs = ignores;
    pthread_mutex_unlock(&lock);
}

void fault_vfs_counts(const char *directory, long counts[4]) {
    pthread_mutex_lock(&lock);
    world *w = world_of(directory);
    for (int i = 0; i < 4; i++) counts[i] = w ? w->counts[i] : 0;
    pthread_mutex_unlock(&lock);
}

static unsigned long long next_random(unsigned long long *state) {
    unsigned long long bits = *state += 0x9E3779B97F4A7C15ULL;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBULL;
    return bits ^ (bits >> 31);
}

/* What of the change is kept: all of it, some of its first sectors, or nothing. */
static void redo(int descriptor, change *c, int policy, unsigned long long *random, long *lost) {
    int kept = policy == CUT_KEEPS ? c->new_size : 0, is_kept = policy == CUT_KEEPS;
    if (policy == CUT_MIXES) {
        unsigned long long choice = next_random(random) % 3;
        is_kept = choice == 0;
        kept = choice == 0 ? c->new_size : choice == 1 ? 0 : (int)(next_random(random) % (c->new_size / SECTOR + 1)) * SECTOR;
    }
    if (c->new_size == 0) {
        if (is_kept && ftruncate(descriptor, c->offset) != 0) return;
    } else if (kept > 0 && pwrite(descriptor, c->new_bytes, kept, c->offset) != kept) {
        return;
    }
    if (!is_kept) ++*lost;
}

static long cut(file *f, int policy, unsigned long long *random) {
    long lost = 0;
    int descriptor = f->last ? open(f->path, O_RDWR | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        change *first = NULL;
        /* Back to what was synced, the latest change first; the list is turned round on the way. */
        while (f->last) {
            change *c = f->last;
            f->last = c->next;
            if (c->old_size > 0 && pwrite(descriptor, c->old_bytes, c->old_size, c->offset) != c->old_size) lost = -1;
            if (ftruncate(descriptor, c->old_file_size) != 0) lost = -1;
            c->next = first;
            first = c;
        }
        for (change *c = first; c; c = c->next) redo(descriptor, c, policy, random, &lost);
        close(descriptor);
        f->last = first;
    }
    drop_changes(f);
    return lost;
}

long fault_vfs_cut(const char *directory, int policy, unsigned long long seed) {
    long lost = 0;
    pthread_mutex_lock(&lock);
    world *w = world_of(directory);
    if (w) {
        for (file *f = w->files; f; f = f->next) lost += cut(f, policy, &seed);
        w->is_dead = 0;
        w->fault = FAULT_NONE;
        w->struck = 0;
    }
    pthread_mutex_unlock(&lock);
    return lost;
}
