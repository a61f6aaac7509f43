/// What signs in to one server. Noncopyable because its password is.
package struct Credentials: ~Copyable, Sendable {
    package let username: String
    package let password: Secret

    package init(username: String, password: consuming Secret) {
        self.username = username
        self.password = password
    }
}
