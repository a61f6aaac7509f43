import SecureFiles
import SystemPackage

extension FileError {
    var sentence: String {
        switch code {
        case .absent: "It is not there."
        case .unsafe(let unsafety): unsafety.sentence
        case .tooLarge(let limit): "It holds more than \(limit) bytes."
        case .busy(let holder): "It is held by \(holder.orAnother)."
        case .exists: "It exists already."
        case .failed(_, .badFileDescriptor): "The descriptor is not open."
        case .failed(let operation, let code): "It could not be \(operation.participle): \(code)."
        }
    }
}

extension String? {
    /// Of what a holder said about itself.
    var orAnother: String { self ?? "another process, which cannot be seen from here" }
}

extension FileError.Operation {
    fileprivate var participle: String {
        switch self {
        case .open: "opened"
        case .read: "read"
        case .write: "written"
        case .rename: "put in place"
        case .lock: "locked"
        case .remove: "removed"
        case .makeFolder: "made"
        case .makeDurable: "made durable"
        }
    }
}

extension Problem {
    /// A file of ours that could not be read.
    init(reading error: FileError) {
        let place = error.path.string
        switch error.code {
        case .unsafe(let unsafety):
            self.init(.unsafePermissions, unsafety.sentence, at: place, next: unsafety.remedy(for: place))
        case .busy(let holder):
            self.init(.busy, "It is held by \(holder.orAnother).", at: place, next: "try again later")
        default: self.init(.secretSourceFailed, error.sentence, at: place, next: "look at the file, or name another")
        }
    }

    /// A file that could not be written.
    init(writing error: FileError) {
        let place = error.path.string
        switch error.code {
        case .unsafe(let unsafety):
            self.init(.unsafePermissions, unsafety.sentence, at: place, next: unsafety.remedy(for: place))
        case .busy(let holder):
            self.init(.busy, "It is held by \(holder.orAnother).", at: place, next: "try again later")
        case .exists:
            self.init(
                .resultCannotBeWritten, "It exists already, and is left as it is.", at: place,
                next: "name another place, or say --overwrite")
        case .failed(.read, .badMessage):
            self.init(
                .resultCannotBeWritten, "This file of the program's own is damaged.", at: place,
                next: "remove it: it holds only what was remembered of failed logins")
        case .absent, .failed(.open, .noSuchFileOrDirectory):
            self.init(.resultCannotBeWritten, "The folder is not there.", at: place, next: "make it, or name another")
        case .failed(.makeDurable, let code):
            self.init(
                .resultCannotBeWritten, "It is in place, but might not outlast a power cut: \(code).", at: place,
                next: "look after the disk, then do it again")
        case .failed(.rename, .resourceBusy):
            self.init(
                .resultCannotBeWritten,
                "This file is a mount of its own, so it cannot be replaced whole. Nothing was changed.", at: place,
                next: "mount its folder in its stead, as in docker's --volume FOLDER:FOLDER")
        default:
            self.init(
                .resultCannotBeWritten, error.sentence, at: place,
                next: "make room, or give this user leave to write there")
        }
    }
}
