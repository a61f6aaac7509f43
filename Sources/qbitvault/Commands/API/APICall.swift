import ArgumentParser
import QBittorrentClient
import Secrets

/// What somebody has asked to be called. Nothing is read or sent until `request`.
struct APICall {
    enum Method: String { case get = "GET", post = "POST" }

    let method: Method
    let endpoint: Endpoint
    private let fields: [Field]
    private let files: [(name: String, file: InputFile)]
    private let input: InputFile?
    private let contentType: String

    /// - Parameter words: the endpoint, perhaps behind a method.
    init(_ words: [String], _ options: RequestOptions) throws {
        guard (1...2).contains(words.count), let last = words.last else {
            throw ValidationError("There is one endpoint to call, perhaps behind GET or POST. Fields are given by -f.")
        }
        guard let endpoint = Endpoint(last) else {
            throw ValidationError(
                Method(rawValue: last.uppercased()) == nil
                    ? "An endpoint is a scope and an action, such as app/version." : "There is no endpoint to call.")
        }
        guard !endpoint.isSignIn else {
            throw ValidationError("auth/login and auth/logout are not called by hand: qbitvault signs in by itself.")
        }
        self.endpoint = endpoint
        var (fields, files): ([Field], [(String, InputFile)]) = ([], [])
        for text in options.rawField {
            let (name, value) = try Self.split(text, "-f")
            fields.append(Field(name, value))
        }
        for text in options.field {
            let (name, value) = try Self.split(text, "-F")
            if value.hasPrefix("@") {
                files.append((name, try InputFile(String(value.dropFirst()), for: "-F \(name)")))
            } else {
                fields.append(Field(name, value))
            }
        }
        (self.fields, self.files) = (fields, files)
        input = try options.input.map { try InputFile($0, for: "--input") }
        contentType = options.contentType ?? "application/x-www-form-urlencoded"
        let given = try Self.method(words.count == 2 ? words[0] : nil, options.method)
        method = given ?? (fields.isEmpty && files.isEmpty && input == nil ? .get : .post)
        try check(givesType: options.contentType != nil)
    }

    var readsStandardInput: Bool { inputs.contains { $0.isStandardInput } }

    /// Reads the files, and standard input.
    func request() throws -> Request {
        switch method {
        case .get: return .get(endpoint, fields)
        case .post:
            if let input { return .post(endpoint.name, FormBody(contentType: contentType, try input.read())) }
            let contents = try files.map { name, file in
                let isUpload = endpoint.takesUpload(name)
                return FieldContent(
                    name, fileName: isUpload ? file.name : nil,
                    isUpload ? try file.read() : try file.read().withoutTrailingNewline())
            }
            return .post(endpoint.name, FormBody(fields, contents: contents))
        }
    }

    private var inputs: [InputFile] { files.map(\.file) + [input].compactMap(\.self) }

    private func check(givesType: Bool) throws {
        if method == .get, !inputs.isEmpty {
            throw ValidationError("What a file holds is sent in a body, and GET has none.")
        }
        if method == .post, !endpoint.query.isEmpty {
            throw ValidationError("The server does not look at the query of a POST. Fields are given by -f.")
        }
        if input != nil, !(fields.isEmpty && files.isEmpty) {
            throw ValidationError("--input is the whole body, so there can be no fields beside it.")
        }
        if givesType, input == nil { throw ValidationError("--content-type is about the body of --input.") }
        guard !contentType.isEmpty, contentType.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) else {
            throw ValidationError("The content type is none.")
        }
        guard inputs.count(where: \.isStandardInput) <= 1 else {
            throw ValidationError("Standard input can be read only once.")
        }
    }

    private static func method(_ word: String?, _ option: String?) throws -> Method? {
        guard word == nil || option == nil else { throw ValidationError("The method is given twice.") }
        guard let text = word ?? option else { return nil }
        guard let method = Method(rawValue: text.uppercased()) else {
            throw ValidationError("The Web API knows the methods GET and POST alone. Fields are given by -f.")
        }
        return method
    }

    /// What was typed is never repeated: it may be a secret.
    private static func split(_ text: String, _ option: String) throws -> (name: String, value: String) {
        guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
            throw ValidationError("\(option) takes a name and a value: \(option) key=value.")
        }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}
