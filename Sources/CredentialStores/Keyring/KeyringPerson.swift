#if Keyring
import CKeyring

/// Somebody who can answer a dialog of the keyring.
package struct KeyringPerson: Sendable {
    let patience: Duration
    let announce: @Sendable () -> Void

    /// - Parameters:
    ///   - patience: how long a dialog may stay before `StoreError.Code.unanswered`.
    ///   - announce: called before a dialog is shown, so that whoever looks elsewhere knows of it.
    package init(patience: Duration, announce: @escaping @Sendable () -> Void) {
        self.patience = patience
        self.announce = announce
    }
}

/// Lends C what it calls: nobody, or the person, who leaves when the task is cancelled.
func withCalls<R>(to person: KeyringPerson?, _ body: (keyring_person) -> R) -> R {
    guard let person else { return unsafe body(keyring_person()) }
    return unsafe withUnsafePointer(to: person) { pointer in
        unsafe body(
            keyring_person(
                milliseconds: Int64(person.patience / .milliseconds(1)),
                announce: { context in
                    unsafe context?.assumingMemoryBound(to: KeyringPerson.self).pointee.announce()
                },
                has_left: { _ in Task.isCancelled },
                context: UnsafeMutableRawPointer(mutating: pointer)
            )
        )
    }
}
#endif
