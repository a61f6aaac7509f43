/* One deadline over a call: a thread that cancels whatever is being waited for. */
#include "internal.h"

static const char owner[] = "qbitvault call";

static gpointer watch(gpointer data)
{
    Call *call = data;
    g_mutex_lock(&call->lock);
    while (!call->over && g_get_monotonic_time() < call->end)
        g_cond_wait_until(&call->finished, &call->lock, call->end);
    gboolean late = !call->over;
    g_mutex_unlock(&call->lock);
    if (late) g_cancellable_cancel(call->cancellable);
    return NULL;
}

void call_begin(Call *call, keyring_call asked)
{
    *call = (Call){ .asked = asked, .cancellable = g_cancellable_new(), .context = g_main_context_new() };
    g_object_set_data(G_OBJECT(call->cancellable), owner, call);
    g_mutex_init(&call->lock);
    g_cond_init(&call->finished);
    call->end = g_get_monotonic_time() + *asked.milliseconds * G_TIME_SPAN_MILLISECOND;
    call->watch = g_thread_new("keyring deadline", watch, call);
    g_main_context_push_thread_default(call->context);
}

void call_end(Call *call)
{
    g_mutex_lock(&call->lock);
    call->over = TRUE;
    g_cond_signal(&call->finished);
    g_mutex_unlock(&call->lock);
    g_thread_join(call->watch);
    *call->asked.milliseconds = MAX(call->end - g_get_monotonic_time(), 0) / G_TIME_SPAN_MILLISECOND;
    g_cond_clear(&call->finished);
    g_mutex_clear(&call->lock);
    g_clear_object(&call->service);
    /* The service forgets its sessions when it is started anew, so none is kept for the next call. */
    secret_service_disconnect();
    /* Whoever still holds it must not find a call that is over. */
    g_object_set_data(G_OBJECT(call->cancellable), owner, NULL);
    g_clear_object(&call->cancellable);
    /* What is still to be told keeps a bus alive that is gone, and nobody else would ever hear it. */
    while (g_main_context_iteration(call->context, FALSE)) { }
    g_main_context_pop_thread_default(call->context);
    g_main_context_unref(call->context);
}

Call *call_of(GCancellable *cancellable)
{
    return cancellable ? g_object_get_data(G_OBJECT(cancellable), owner) : NULL;
}

static gint64 set_end(Call *call, gint64 end)
{
    g_mutex_lock(&call->lock);
    gint64 before = call->end;
    call->end = end;
    g_cond_signal(&call->finished);
    g_mutex_unlock(&call->lock);
    return before;
}

gint64 call_pause(Call *call) { return set_end(call, G_MAXINT64) - g_get_monotonic_time(); }

void call_resume(Call *call, gint64 left) { set_end(call, g_get_monotonic_time() + left); }
