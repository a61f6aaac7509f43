/* A dialog that is given up. */
#include "internal.h"

static void left_the_house(GObject *bus, GAsyncResult *result, gpointer data)
{
    (void)bus, (void)result;
    g_main_loop_quit(data);
}

static gboolean no_longer(gpointer loop)
{
    g_main_loop_quit(loop);
    return G_SOURCE_CONTINUE;
}

void take_back(GDBusConnection *bus, const char *service, const char *prompt, GMainLoop *loop)
{
    g_dbus_connection_call(
        bus, service, prompt, "org.freedesktop.Secret.Prompt", "Dismiss", NULL, NULL,
        G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
    GCancellable *patience = g_cancellable_new();
    GSource *limit = every(200, no_longer, loop);
    g_dbus_connection_flush(bus, patience, left_the_house, loop);
    g_main_loop_run(loop);
    stop(limit);
    g_cancellable_cancel(patience);
    g_object_unref(patience);
}
