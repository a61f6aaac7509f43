/* One deadline over a call: a thread that cancels whatever is being waited for. */
#include "internal.h"

static gpointer watch(gpointer data)
{
    Call *call = data;
    g_mutex_lock(&call->lock);
    while (!call->over && g_cond_wait_until(&call->finished, &call->lock, call->end)) { }
    gboolean late = !call->over;
    g_mutex_unlock(&call->lock);
    if (late) g_cancellable_cancel(call->cancellable);
    return NULL;
}

void call_begin(Call *call, keyring_call asked)
{
    *call = (Call){ .asked = asked, .cancellable = g_cancellable_new() };
    g_mutex_init(&call->lock);
    g_cond_init(&call->finished);
    call->end = g_get_monotonic_time() + asked.milliseconds * G_TIME_SPAN_MILLISECOND;
    call->watch = g_thread_new("keyring deadline", watch, call);
}

void call_end(Call *call)
{
    g_mutex_lock(&call->lock);
    call->over = TRUE;
    g_cond_signal(&call->finished);
    g_mutex_unlock(&call->lock);
    g_thread_join(call->watch);
    g_cond_clear(&call->finished);
    g_mutex_clear(&call->lock);
    g_clear_object(&call->service);
    g_clear_object(&call->cancellable);
}
