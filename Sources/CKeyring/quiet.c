/* libsecret shows dialogs and GLib writes to standard error. A library of ours does neither. */
#include "internal.h"

static void refuse(
    SecretService *service, SecretPrompt *prompt, const GVariantType *type, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
    (void)prompt, (void)type;
    GTask *task = g_task_new(service, cancellable, callback, data);
    g_task_return_new_error(task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "a dialog would be needed");
    g_object_unref(task);
}

static GVariant *refused(SecretService *service, GAsyncResult *result, GError **error)
{
    (void)service;
    return g_task_propagate_pointer(G_TASK(result), error);
}

static GVariant *refuse_now(
    SecretService *service, SecretPrompt *prompt, GCancellable *cancellable, const GVariantType *type, GError **error)
{
    (void)service, (void)prompt, (void)cancellable, (void)type;
    g_set_error_literal(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "a dialog would be needed");
    return NULL;
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
    class->prompt_sync = refuse_now;
    class->prompt_async = refuse;
    class->prompt_finish = refused;
    g_once_init_leave(&done, 1);
}
