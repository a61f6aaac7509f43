/* Finding the keyring: the bus, the service on it, its default collection. */
#include "internal.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Cron and systemd's system services leave the address out; the user's bus is where it always is. */
static gboolean find_bus(const Call *call)
{
    const char *given = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    if (given && *given) return TRUE;
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");
    char *path = runtime && *runtime ? g_build_filename(runtime, "bus", NULL)
                                     : g_strdup_printf("/run/user/%lu/bus", (unsigned long)geteuid());
    char *escaped = g_dbus_address_escape_value(path);
    char *address = g_strconcat("unix:path=", escaped, NULL);
    struct stat found;
    gboolean is_there = stat(path, &found) == 0 && S_ISSOCK(found.st_mode)
        && g_setenv("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
    if (!is_there && call->asked.message_room > 0) g_strlcpy(call->asked.message, path, call->asked.message_room);
    g_free(path);
    g_free(escaped);
    g_free(address);
    return is_there;
}

keyring_outcome connect_keyring(Call *call)
{
    keep_quiet();
    const char *backend = g_getenv("SECRET_BACKEND");
    if (backend && strcmp(backend, "file") == 0) return KEYRING_DONE;
    /* libsecret waits for ever for a backend that it does not have. */
    if (backend && *backend && strcmp(backend, "service") != 0) return KEYRING_NO_SERVICE;
    /* Without an address GLib would start a bus of its own, with nothing on it. */
    if (!find_bus(call)) return KEYRING_NO_BUS;

    GError *error = NULL;
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, call->cancellable, &error);
    if (!bus) {
        keyring_outcome outcome = outcome_of(error, call);
        if (outcome == KEYRING_TIMED_OUT) return outcome;
        if (call->asked.message_room > 0) call->asked.message[0] = 0;
        return KEYRING_NO_BUS;
    }
    /* GLib's default is to kill the process when the bus goes. */
    g_dbus_connection_set_exit_on_close(bus, FALSE);
    call->service = secret_service_get_sync(SECRET_SERVICE_NONE, call->cancellable, &error);
    g_object_unref(bus);
    return call->service ? KEYRING_DONE : outcome_of(error, call);
}

keyring_outcome look_at_default_collection(Call *call, SecretCollection **collection, GPtrArray *locked)
{
    GError *error = NULL;
    SecretCollection *found = secret_collection_for_alias_sync(
        call->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, call->cancellable, &error);
    if (error) return outcome_of(error, call);
    if (!found) return KEYRING_NO_COLLECTION;
    if (secret_collection_get_locked(found)) {
        g_ptr_array_add(locked, g_strdup(g_dbus_proxy_get_object_path(G_DBUS_PROXY(found))));
        g_object_unref(found);
        return KEYRING_LOCKED;
    }
    *collection = found;
    return KEYRING_DONE;
}

keyring_outcome default_collection(Call *call, SecretCollection **collection)
{
    GPtrArray *locked = g_ptr_array_new_with_free_func(g_free);
    keyring_outcome outcome = look_at_default_collection(call, collection, locked);
    if (outcome == KEYRING_LOCKED) {
        outcome = unlock(call, locked);
        if (outcome == KEYRING_DONE) outcome = look_at_default_collection(call, collection, locked);
    }
    g_ptr_array_unref(locked);
    return outcome;
}
