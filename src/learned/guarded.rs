//! A database that anybody may have made, opened so that it can be read and nothing else.
//!
//! A file can be a lawful SQLite database and still be a trap: a view that never ends where a table should be, a column
//! that is computed, a check that takes for ever, a default of a megabyte for a million rows. So only tables are read,
//! nothing that the schema says is run, and what is read is never more than the file can hold. Sources: SQLite's
//! "Defense Against The Dark Arts" and "Limits In SQLite".

use std::cell::Cell;
use std::cmp::Ordering;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::profile::beside;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// Why a database is not read on.
#[derive(Debug)]
pub(super) enum Fault {
    /// In words.
    Said(String),
    /// In those of SQLite.
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// How often SQLite is asked whether it should go on: every so many steps of its machine.
const STEPS: i32 = 10_000;
/// Steps that any file is allowed.
const FREE_STEPS: u64 = 20_000_000;
/// Further steps for each of its bytes. A real collection needs one or two.
const STEPS_A_BYTE: u64 = 24;
/// Bytes that are read of any file; and more for each of its bytes: text in UTF-16 grows by half, and fields of a large
/// collection are read twice.
const FREE_BYTES: u64 = 1 << 20;
const BYTES_A_BYTE: u64 = 4;
/// A row takes so much of its file at the least.
const ROW: u64 = 4;

/// An open database.
#[derive(Debug)]
pub(super) struct Guarded {
    connection: Connection,
    /// How many bytes may still be read.
    left: Cell<u64>,
}

/// A row of it.
pub(super) struct Cells<'r> {
    row: &'r rusqlite::Row<'r>,
    of: &'r Guarded,
}

impl Guarded {
    /// Opens a copy that nobody else has. All of its files are open then.
    pub(super) fn open(copy: &Path) -> Result<Self, Fault> {
        let size = is_sqlite(copy).map_err(|error| Fault::Said(error.to_string()))?;
        let size = size.ok_or_else(|| Fault::Said("it is no SQLite file".to_owned()))?;
        // Not read-only: a copy with a write-ahead log has to be recovered, and it is ours.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(copy, flags)?;
        for (setting, value) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
            (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
        ] {
            connection.set_db_config(setting, value)?;
        }
        // A value is no longer than the file that it stands in. Anki's tables have up to 18 columns.
        let longest = i32::try_from(size.saturating_add(FREE_BYTES)).unwrap_or(1 << 30).min(1 << 30);
        for (limit, value) in [
            (Limit::SQLITE_LIMIT_LENGTH, longest),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 17),
            (Limit::SQLITE_LIMIT_COLUMN, 100),
            (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
            (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 3),
            (Limit::SQLITE_LIMIT_VDBE_OP, 1 << 17),
            (Limit::SQLITE_LIMIT_ATTACHED, 0),
            (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        ] {
            connection.set_limit(limit, value)?;
        }
        let mut steps = FREE_STEPS.saturating_add(size.saturating_mul(STEPS_A_BYTE));
        connection.progress_handler(
            STEPS,
            Some(move || {
                steps = steps.saturating_sub(u64::from(STEPS.unsigned_abs()));
                steps == 0
            }),
        )?;
        connection.create_collation("unicase", unicase)?;
        // Locked for good, the log needs no index in a file of its own.
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cell_size_check = ON; PRAGMA ignore_check_constraints = ON;
             PRAGMA mmap_size = 0;",
        )?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        let left = Cell::new(FREE_BYTES.saturating_add(size.saturating_mul(BYTES_A_BYTE)));
        Ok(Self { connection, left })
    }

    /// Whether there is a table of this name. What bears the name and is no plain table is a fault.
    pub(super) fn has(&self, table: &str) -> Result<bool, Fault> {
        let mut statement = self
            .connection
            .prepare("SELECT type, rootpage, sql FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE")?;
        let mut rows = statement.query([table])?;
        let mut there = false;
        while let Some(row) = rows.next()? {
            let (kind, page, sql): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if kind != "table" || page <= 0 || there || !makes(&sql, table) {
                return Err(Fault::Said(format!("what it calls `{table}` is no plain table")));
            }
            there = true;
        }
        let mut statement = self.connection.prepare(&format!("PRAGMA table_xinfo({table})"))?;
        let mut columns = statement.query([])?;
        while let Some(column) = columns.next()? {
            if column.get::<_, i64>("hidden")? != 0 {
                return Err(Fault::Said(format!("its table `{table}` has a column that is computed")));
            }
        }
        Ok(there)
    }

    /// The damage of a table, if it has any.
    pub(super) fn damage(&self, table: &str) -> Result<Option<String>, Fault> {
        let mut statement = self.connection.prepare(&format!("PRAGMA quick_check({table})"))?;
        let mut rows = statement.query([])?;
        let said = rows.next()?.map(|row| row.get::<_, String>(0)).transpose()?;
        Ok(said.filter(|said| said != "ok"))
    }

    /// Each row of a query. No order is asked for, which SQLite would have to make.
    pub(super) fn each(
        &self,
        sql: &str,
        mut take: impl FnMut(&Cells<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.read(ROW)?;
            take(&Cells { row, of: self })?;
        }
        Ok(())
    }

    /// The text that a query gives for a number.
    pub(super) fn text(&self, sql: &str, number: i64) -> Result<String, Fault> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        match rows.next()? {
            Some(row) => Cells { row, of: self }.text(0),
            None => Ok(String::new()),
        }
    }

    fn read(&self, bytes: u64) -> Result<(), Fault> {
        let left = self.left.get().checked_sub(bytes);
        let left =
            left.ok_or_else(|| Fault::Said("it has more in it than a file of its size can hold".to_owned()))?;
        self.left.set(left);
        Ok(())
    }
}

impl Cells<'_> {
    /// A number.
    pub(super) fn number(&self, column: usize) -> Result<i64, Fault> {
        Ok(self.row.get(column)?)
    }

    /// A column of bytes.
    pub(super) fn bytes(&self, column: usize) -> Result<Vec<u8>, Fault> {
        Ok(match self.row.get_ref(column)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                self.of.read(bytes.len().try_into().unwrap_or(u64::MAX))?;
                bytes.to_owned()
            }
            _ => Vec::new(),
        })
    }

    /// A column that should be text; add-ons have been known to write numbers and broken UTF-8.
    pub(super) fn text(&self, column: usize) -> Result<String, Fault> {
        Ok(match self.row.get_ref(column)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                self.of.read(bytes.len().try_into().unwrap_or(u64::MAX))?;
                String::from_utf8_lossy(bytes).into_owned()
            }
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Null => String::new(),
        })
    }
}

/// How large the file is; `None` where it does not begin as SQLite's do. An empty file is an empty database.
fn is_sqlite(path: &Path) -> std::io::Result<Option<u64>> {
    let mut head = Vec::with_capacity(MAGIC.len());
    let file = File::open(path)?;
    // Where Anki runs, most may be in the log beside it.
    let log = std::fs::metadata(beside(path, "-wal")).map_or(0, |log| log.len());
    let size = file.metadata()?.len().saturating_add(log);
    file.take(MAGIC.len() as u64).read_to_end(&mut head)?;
    Ok((head.is_empty() || head == MAGIC).then_some(size))
}

/// How every SQLite database begins ("Database File Format", 1.3).
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";

/// Whether this statement of a schema makes the table of this name: a schema can be written to say one name and mean
/// another.
fn makes(sql: &str, table: &str) -> bool {
    let words = sql.get(.."CREATE TABLE".len()).filter(|words| words.eq_ignore_ascii_case("CREATE TABLE"));
    let Some(rest) = words.map(|words| sql[words.len()..].trim_start()) else { return false };
    let name = rest.strip_prefix(['"', '`', '[', '\'']).unwrap_or(rest);
    let ends = name
        .get(table.len()..)
        .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
    ends && name[..table.len()].eq_ignore_ascii_case(table)
}

/// The collation of Anki's names: without regard to case.
fn unicase(one: &str, other: &str) -> Ordering {
    one.chars().flat_map(char::to_lowercase).cmp(other.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_says_which_table_it_makes() {
        for sql in [
            "CREATE TABLE notes (id)",
            "create table \"notes\"(id)",
            "CREATE TABLE `Notes`(id)",
            "CREATE TABLE notes(id)",
        ] {
            assert!(makes(sql, "notes"), "{sql}");
        }
        for sql in [
            "CREATE VIRTUAL TABLE notes USING x",
            "CREATE TABLE notes2 (id)",
            "CREATE TABLE other (notes)",
            "",
            "CREATE TABLE",
        ] {
            assert!(!makes(sql, "notes"), "{sql}");
        }
    }
}
