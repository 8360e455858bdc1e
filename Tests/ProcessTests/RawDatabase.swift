import Foundation
import GRDB

/// Changes a database behind the program's back, as somebody with the file and time can.
func edit(_ database: URL, _ sql: [String]) throws {
    try DatabaseQueue(path: database.path).write { database in
        for statement in sql { try database.execute(sql: statement) }
    }
}
