/// Rows for people, in columns.
enum ServerTable {
    static func lines<Finding: ServerFinding>(_ rows: [ServerRow<Finding>]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let head = ["name", "server"] + Finding.columns
        let table = [head.map { $0.uppercased() }] + rows.map(cells)
        // The last cell of a row is as long as it likes.
        let widths = head.indices.map { column in
            table.filter { column < $0.count - 1 }.map { $0[column].count }.max() ?? 0
        }
        return table.map { cells in
            zip(cells, widths).enumerated().map { index, cell in
                index == cells.count - 1 ? cell.0 : cell.0.padded(to: cell.1)
            }.joined(separator: "  ")
        }
    }

    private static func cells(of row: ServerRow<some ServerFinding>) -> [String] {
        let first = [row.serverName, row.origin ?? "?"]
        switch row.outcome {
        case .success(let finding): return (first + finding.cells).map(\.printable)
        case .failure(let problem):
            return first + ["failed (\(problem.status.rawValue), \(problem.status.code.replacing("_", with: " ")))"]
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
