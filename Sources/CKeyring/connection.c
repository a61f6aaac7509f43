/* Finding the keyring: the bus, the service on it, its default collection. */
#include "internal.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

keyring_outcome outcome_of(GError *error, const Call *call)
{
    keyring_outcome outcome = KEYRING_FAILED;
    if (g_cancellable_is_cancelled(call->cancellable)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT)
        || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        outcome = KEYRING_TIMED_OUT;
    else if (g_error_matches(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
        outcome = KEYRING_LOCKED;
    else if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
        || (error && error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
            && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY)
        || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        outcome = KEYRING_NO_SERVICE;
    if (error && call->asked.message_room > 0)
        g_strlcpy(call->asked.message, error->message, call->asked.message_room);
    g_clear_error(&error);
    return outcome;
}

/* Cron and systemd's system services leave the address out; the user's bus is where it always is. */
static gboolean find_bus(void)
{
    if (g_getenv("DBUS_SESSION_BUS_ADDRESS")) return TRUE;
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");
    char *path = runtime && *runtime ? g_build_filename(runtime, "bus", NULL)
                                     : g_strdup_printf("/run/user/%lu/bus", (unsigned long)geteuid());
    char *escaped = g_dbus_address_escape_value(path);
    char *address = g_strconcat("unix:path=", escaped, NULL);
    struct stat found;
    gboolean is_there = stat(path, &found) == 0 && S_ISSOCK(found.st_mode)
        && g_setenv("DBUS_SESSION_BUS_ADDRESS", address, FALSE);
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
    if (!find_bus()) return KEYRING_NO_SERVICE;

    GError *error = NULL;
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, call->cancellable, &error);
    if (!bus) {
        keyring_outcome outcome = outcome_of(error, call);
        return outcome == KEYRING_TIMED_OUT ? outcome : KEYRING_NO_SERVICE;
    }
    /* GLib's default is to kill the process when the bus goes. */
    g_dbus_connection_set_exit_on_close(bus, FALSE);
    call->service = secret_service_get_sync(SECRET_SERVICE_NONE, call->cancellable, &error);
    g_object_unref(bus);
    return call->service ? KEYRING_DONE : outcome_of(error, call);
}

keyring_outcome default_collection(Call *call, SecretCollection **collection)
{
    GError *error = NULL;
    SecretCollection *found = secret_collection_for_alias_sync(
        call->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, call->cancellable, &error);
    if (error) return outcome_of(error, call);
    if (!found) return KEYRING_NO_SERVICE;
    if (secret_collection_get_locked(found)) {
        g_object_unref(found);
        return KEYRING_LOCKED;
    }
    *collection = found;
    return KEYRING_DONE;
}
