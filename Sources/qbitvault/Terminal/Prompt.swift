import Secrets

/// Questions to a person.
struct Prompt: Sendable {
    /// Where the person is.
    enum Place: Sendable {
        case controllingTerminal
        case terminal(Terminal)
    }

    /// False where the run must not wait for anybody: every question is then an error.
    let isAllowed: Bool
    private let place: Place

    /// How often a question is put again that got no sound answer.
    private static let patience = 3

    init(isAllowed: Bool, at place: Place = .controllingTerminal) {
        self.isAllowed = isAllowed
        self.place = place
    }

    /// Asks for a line. An empty answer means `usual`, if there is one.
    func ask(_ label: String, usual: String? = nil) throws(PromptError) -> String {
        try withTerminal { terminal throws(PromptError) in
            try terminal.write(usual.map { "\(label) [\($0)]: " } ?? "\(label): ")
            let answer = try terminal.readText()
            return answer.isEmpty ? usual ?? "" : answer
        }
    }

    /// Asks for yes or no. An empty answer means `usual`.
    func confirm(_ question: String, usual: Bool) throws(PromptError) -> Bool {
        try withTerminal { terminal throws(PromptError) in
            for _ in 0..<Self.patience {
                try terminal.write("\(question) \(usual ? "[Y/n]" : "[y/N]") ")
                switch try terminal.readText().lowercased() {
                case "": return usual
                case "y", "yes": return true
                case "n", "no": return false
                default: try terminal.write("Please answer yes or no.\n")
                }
            }
            throw PromptError(.unclear)
        }
    }

    /// Asks for a secret, which does not show, and goes from the terminal straight into guarded memory. It is not empty.
    func askSecret(_ label: String) throws(PromptError) -> Secret {
        try withTerminal { terminal throws(PromptError) in
            for _ in 0..<Self.patience {
                let secret = try terminal.readSecret(label)
                if !secret.isEmpty { return secret }
                try terminal.write("It must not be empty.\n")
            }
            throw PromptError(.empty)
        }
    }

    /// Asks for a secret that nobody can check yet: twice, until both are the same.
    func askNewSecret(_ label: String, again: String) throws(PromptError) -> Secret {
        try withTerminal { terminal throws(PromptError) in
            for _ in 0..<Self.patience {
                let first = try terminal.readSecret(label)
                if first.isEmpty {
                    try terminal.write("It must not be empty.\n")
                    continue
                }
                let second = try terminal.readSecret(again)
                if first == second { return first }
                try terminal.write("The two are not the same.\n")
            }
            throw PromptError(.noAgreement)
        }
    }

    private func withTerminal<R: ~Copyable>(
        _ body: (Terminal) throws(PromptError) -> R
    ) throws(PromptError) -> R {
        guard isAllowed else { throw PromptError(.notAllowed) }
        switch place {
        case .controllingTerminal: return try Terminal.withControlling(body)
        case .terminal(let terminal): return try body(terminal)
        }
    }
}
