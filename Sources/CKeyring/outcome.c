/* What a failed call means. */
#include "internal.h"

static keyring_outcome meaning(const GError *error, const Call *call)
{
    if (call->dialog != KEYRING_DONE) return call->dialog;
    if (g_cancellable_is_cancelled(call->cancellable)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
        || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
        /* A bus at which as many wait as can. */
        || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return KEYRING_TIMED_OUT;
    if (g_error_matches(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)) return KEYRING_LOCKED;
    if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
        || g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
        || (error && error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
            && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY)
        || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        return KEYRING_NO_SERVICE;
    return KEYRING_FAILED;
}

keyring_outcome outcome_of(GError *error, const Call *call)
{
    keyring_outcome outcome = meaning(error, call);
    if (error && call->asked.message_room > 0)
        g_strlcpy(call->asked.message, error->message, call->asked.message_room);
    g_clear_error(&error);
    return outcome;
}
