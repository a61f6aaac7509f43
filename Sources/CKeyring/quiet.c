/* libsecret shows dialogs and GLib writes to standard error. A library of ours does neither unasked. */
#include "internal.h"

/* The answer of a dialog, if one may be shown. */
static GVariant *ask(GCancellable *cancellable, SecretPrompt *prompt, GError **error)
{
    Call *call = call_of(cancellable);
    GVariant *answer = call ? show_dialog(call, g_dbus_proxy_get_object_path(G_DBUS_PROXY(prompt))) : NULL;
    if (!answer) g_set_error_literal(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "a dialog got no answer");
    return answer;
}

static void ask_for_task(
    SecretService *service, SecretPrompt *prompt, const GVariantType *type, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
    (void)type;
    GTask *task = g_task_new(service, cancellable, callback, data);
    GError *error = NULL;
    GVariant *answer = ask(cancellable, prompt, &error);
    if (answer) g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
    else g_task_return_error(task, error);
    g_object_unref(task);
}

static GVariant *asked(SecretService *service, GAsyncResult *result, GError **error)
{
    (void)service;
    return g_task_propagate_pointer(G_TASK(result), error);
}

static GVariant *ask_now(
    SecretService *service, SecretPrompt *prompt, GCancellable *cancellable, const GVariantType *type, GError **error)
{
    (void)service, (void)type;
    return ask(cancellable, prompt, error);
}

static GLogWriterOutput drop(GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
    (void)level, (void)fields, (void)count, (void)data;
    return G_LOG_WRITER_HANDLED;
}

void keep_quiet(void)
{
    static gsize done = 0;
    if (!g_once_init_enter(&done)) return;
    g_log_set_writer_func(drop, NULL, NULL);
    /* Every dialog of libsecret starts in one of these, and the service that it makes for itself is of this class. */
    SecretServiceClass *class = g_type_class_ref(SECRET_TYPE_SERVICE);
    class->prompt_sync = ask_now;
    class->prompt_async = ask_for_task;
    class->prompt_finish = asked;
    g_once_init_leave(&done, 1);
}
