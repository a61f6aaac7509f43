/* What happens now and then, or at the latest, while the main context of a dialog runs. */
#include "internal.h"

GSource *every(guint milliseconds, GSourceFunc act, gpointer data)
{
    GSource *source = g_timeout_source_new(milliseconds);
    g_source_set_callback(source, act, data, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

void stop(GSource *source)
{
    g_source_destroy(source);
    g_source_unref(source);
}
