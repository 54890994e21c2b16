//! Dates as Chinese pages write them: `2019-09-07 06:52`, `2019年9月7日`, `民國108年9月7日`, `二〇一九年九月七日`,
//! `Sep 7, 2019`, `20190907`.

use std::fmt;

use super::lists;

/// A day, and the time of it where that is known. Written as ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    year: u16,
    month: u8,
    day: u8,
    /// Hour and minute.
    time: Option<(u8, u8)>,
    /// Minutes east of Greenwich.
    zone: Option<i16>,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        let Some((hour, minute)) = self.time else { return Ok(()) };
        write!(f, "T{hour:02}:{minute:02}")?;
        match self.zone {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
            }
        }
    }
}

impl Moment {
    /// A day of the years in which there are pages; `None` where there is no such day.
    fn day(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            1..=12 => 31,
            _ => return None,
        };
        let known = (1990..2100).contains(&year) && (1..=days).contains(&day);
        let narrow = |number: u32| u8::try_from(number).ok();
        known.then_some(Self {
            year: u16::try_from(year).ok()?,
            month: narrow(month)?,
            day: narrow(day)?,
            time: None,
            zone: None,
        })
    }

    /// Whether the time of the day is known.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// The day alone.
    #[must_use]
    pub fn date(self) -> Self {
        Self { time: None, zone: None, ..self }
    }
}

/// The first full date in a line, and the byte at which it begins.
pub fn find(text: &str) -> Option<(usize, Moment)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = !before.is_ascii_alphanumeric() || !c.is_ascii_alphanumeric();
        before = c;
        if !starts || !may_begin(c) {
            continue;
        }
        if let Some(moment) = Scan::new(&text[at..]).moment() {
            return Some((at, moment));
        }
    }
    None
}

/// The value of a field that is a date: also `20190907`, and seconds since 1970.
pub fn read(value: &str) -> Option<Moment> {
    let value = value.trim();
    if let Some((_, moment)) = find(value) {
        return Some(moment);
    }
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let number: u64 = value[..digits].parse().ok()?;
    match digits {
        8 | 12 | 14 => compact(&value[..8]),
        10 if digits == value.len() => of_seconds(number),
        13 if digits == value.len() => of_seconds(number / 1000),
        _ => None,
    }
}

/// The day in an address: `/2019/09/07/`, `/20190907/`, `/2019-09/07/`, `t20190907_`.
pub fn of_address(address: &str) -> Option<Moment> {
    let bytes = address.as_bytes();
    let mut found = None;
    for at in 0..bytes.len() {
        if at > 0 && bytes[at - 1].is_ascii_digit() || !bytes[at].is_ascii_digit() {
            continue;
        }
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let number = |from: usize, length: usize| -> Option<u32> {
            let part = address.get(from..from + length)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let day = match run {
            8 => compact(&address[at..at + 8]),
            4 => match bytes.get(at + 4) {
                // 2024/0510
                Some(b'/' | b'-') => number(at + 5, 2).and_then(|month| {
                    let next = bytes.get(at + 7).copied().unwrap_or_default();
                    let from = at + 7 + usize::from(!next.is_ascii_digit());
                    Moment::day(number(at, 4)?, month, number(from, 2)?)
                }),
                _ => None,
            },
            _ => None,
        };
        found = found.or(day);
    }
    found
}

fn compact(digits: &str) -> Option<Moment> {
    Moment::day(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..8].parse().ok()?)
}

/// Seconds since 1970, as a day of China's time (by Howard Hinnant's `civil_from_days`).
fn of_seconds(seconds: u64) -> Option<Moment> {
    let local = seconds + 8 * 3600;
    let days = local / 86_400 + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let narrow = |number: u64| u32::try_from(number).ok();
    let moment = Moment::day(narrow(year)?, narrow(month)?, narrow(day)?)?;
    let minutes = local % 86_400 / 60;
    Some(Moment {
        time: Some((u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?)),
        zone: Some(480),
        ..moment
    })
}

fn may_begin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || ('０'..='９').contains(&c)
        || lists::DIGITS.contains(c)
        || lists::REPUBLIC.iter().any(|word| word.starts_with(c))
}

/// A date that is being read.
struct Scan<'t> {
    rest: &'t str,
}

impl<'t> Scan<'t> {
    fn new(rest: &'t str) -> Self {
        Self { rest }
    }

    fn moment(mut self) -> Option<Moment> {
        let day = self.numbers().or_else(|| self.english())?;
        Some(self.with_time(day))
    }

    /// 2019-9-7, 2019年9月7日, 民國108年9月7日, 二〇一九年九月七日.
    fn numbers(&mut self) -> Option<Moment> {
        let start = self.rest;
        let republic = lists::REPUBLIC.iter().find_map(|word| self.rest.strip_prefix(word));
        if let Some(rest) = republic {
            self.rest = rest.trim_start();
        }
        let found = (|| {
            let (year, digits) = self.number()?;
            let year = match (republic, digits) {
                (Some(_), 2..=3) => year + 1911,
                (None, 4) => year,
                _ => return None,
            };
            let in_hanzi = self.sign(lists::AFTER_YEAR.as_str());
            let separator = if in_hanzi { None } else { Some(self.separator()?) };
            let (month, digits) = self.number()?;
            if digits > 2 {
                return None;
            }
            match separator {
                None => self.sign(lists::AFTER_MONTH.as_str()).then_some(())?,
                Some(separator) => (self.separator()? == separator).then_some(())?,
            }
            let (day, digits) = self.number()?;
            if digits > 2 {
                return None;
            }
            if separator.is_none() {
                self.sign(lists::AFTER_DAY.as_str());
            }
            Moment::day(year, month, day)
        })();
        if found.is_none() {
            self.rest = start;
        }
        found
    }

    /// Sep 7, 2019; 7 September 2019; Sat, 07 Sep 2019.
    fn english(&mut self) -> Option<Moment> {
        let start = self.rest;
        let found = (|| {
            let first = self.number();
            let month = self.month()?;
            let (day, _) = match first {
                Some(day) => day,
                None => self.number()?,
            };
            self.rest = self
                .rest
                .trim_start_matches(['s', 't', 'n', 'd', 'r', 'h'])
                .trim_start_matches([',', ' ', '.', '-']);
            let (year, digits) = self.number()?;
            (digits == 4).then(|| Moment::day(year, month, day))?
        })();
        if found.is_none() {
            self.rest = start;
        }
        found
    }

    fn month(&mut self) -> Option<u32> {
        const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
        self.rest = self.rest.trim_start_matches([' ', '-', '.']);
        let length = self.rest.bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
        let name = self.rest[..length].to_ascii_lowercase();
        let at = MONTHS.find(name.get(..3)?).filter(|at| at % 3 == 0)?;
        self.rest = self.rest[length..].trim_start_matches([' ', '.', ',', '-']);
        u32::try_from(at / 3 + 1).ok()
    }

    /// A number in digits of any width or in hanzi, and how many digits it has. A number of months or days in hanzi has
    /// no more than two.
    fn number(&mut self) -> Option<(u32, usize)> {
        let (mut value, mut digits, mut tens) = (0_u32, 0, false);
        let mut end = 0;
        for (at, c) in self.rest.char_indices() {
            let digit = match c {
                '0'..='9' => u32::from(c) - u32::from('0'),
                '０'..='９' => u32::from(c) - u32::from('０'),
                _ => match lists::DIGITS.as_str().chars().position(|digit| digit == c) {
                    Some(digit) => u32::try_from(digit % 10).ok()?,
                    None if lists::TEN.contains(c) && value < 10 => {
                        value = value.max(1) * 10;
                        (digits, tens, end) = (2, true, at + c.len_utf8());
                        continue;
                    }
                    None => break,
                },
            };
            if digits == 8 {
                return None;
            }
            value = if tens { value + digit } else { value * 10 + digit };
            digits += usize::from(!tens);
            end = at + c.len_utf8();
        }
        self.rest = self.rest[end..].trim_start_matches(' ');
        (digits > 0).then_some((value, digits))
    }

    fn sign(&mut self, signs: &str) -> bool {
        match self.rest.chars().next().filter(|&c| signs.contains(c)) {
            Some(c) => {
                self.rest = self.rest[c.len_utf8()..].trim_start_matches(' ');
                true
            }
            None => false,
        }
    }

    fn separator(&mut self) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '－' | '／' | '–'))?;
        self.rest = self.rest[c.len_utf8()..].trim_start_matches(' ');
        Some(c)
    }

    fn with_time(&mut self, day: Moment) -> Moment {
        let mut afternoon = false;
        for _ in 0..4 {
            self.rest = self.rest.trim_start_matches([
                ' ', '\u{3000}', 'T', ',', '，', '(', ')', '（', '）', '|', '-', '\u{A0}',
            ]);
            let lower: String = self.rest.chars().take(4).collect::<String>().to_lowercase();
            let word =
                lists::AFTERNOON.iter().chain(lists::BETWEEN.all()).find(|word| lower.starts_with(**word));
            let Some(word) = word else { break };
            afternoon |= lists::AFTERNOON.contains(word);
            self.rest = &self.rest[word.len()..];
        }
        let Some((mut hour, digits)) = self.number().filter(|&(hour, digits)| digits <= 2 && hour < 24)
        else {
            return day;
        };
        if digits == 0 || !(self.sign(":：") || self.sign(lists::AFTER_HOUR.as_str())) {
            return day;
        }
        let Some((minute, _)) = self.number().filter(|&(minute, digits)| digits <= 2 && minute < 60) else {
            return day;
        };
        if self.sign(":：") {
            self.number();
        } else if self.sign(lists::AFTER_MINUTE.as_str()) {
            // Seconds in hanzi say no more.
        }
        let lower: String = self.rest.chars().take(3).collect::<String>().to_ascii_lowercase();
        if (afternoon || lower.trim_start().starts_with("pm")) && hour < 12 {
            hour += 12;
        }
        let narrow = |number: u32| u8::try_from(number).unwrap_or_default();
        Moment { time: Some((narrow(hour), narrow(minute))), zone: self.zone(), ..day }
    }

    fn zone(&mut self) -> Option<i16> {
        let rest = self.rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        let rest = if rest.len() < self.rest.len() && !self.rest.starts_with('.') { self.rest } else { rest };
        if rest.starts_with('Z') {
            return Some(0);
        }
        let rest = rest.trim_start();
        let sign = match rest.bytes().next()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let digits: Vec<i16> = rest[1..]
            .chars()
            .filter(|c| *c != ':')
            .take(4)
            .map_while(|c| c.to_digit(10))
            .filter_map(|d| i16::try_from(d).ok())
            .collect();
        match digits[..] {
            [a, b, c, d] if a * 10 + b <= 14 && c < 6 => Some(sign * ((a * 10 + b) * 60 + c * 10 + d)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        find(text).map(|(_, moment)| moment.to_string()).unwrap_or_default()
    }

    #[test]
    fn dates_are_read_as_sites_write_them() {
        for (text, date) in [
            ("2019-09-07 06:52", "2019-09-07T06:52"),
            ("发布时间：2019/9/7", "2019-09-07"),
            ("2019.09.07 来源：小城网", "2019-09-07"),
            ("2019年09月07日06:52 小城网", "2019-09-07T06:52"),
            ("2019年9月7日 星期六 上午 6时52分", "2019-09-07T06:52"),
            ("2019年9月7日下午3:05", "2019-09-07T15:05"),
            ("2019-09-07T06:52:51+08:00", "2019-09-07T06:52+08:00"),
            ("2019-09-07T06:52:51.123Z", "2019-09-07T06:52Z"),
            ("民國108年9月7日", "2019-09-07"),
            ("二〇一九年九月七日", "2019-09-07"),
            ("二○一九年十二月二十一日", "2019-12-21"),
            ("Sep 7, 2019", "2019-09-07"),
            ("Sat, 07 Sep 2019 06:52:51 +0800", "2019-09-07T06:52+08:00"),
            ("２０１９－０９－０７", "2019-09-07"),
            ("2019 年 9 月 7 日", "2019-09-07"),
            ("2019-09-07 (六) 06:52", "2019-09-07T06:52"),
        ] {
            assert_eq!(found(text), date, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "2019年9月",
            "9月7日",
            "2019-13-07",
            "2019-02-30",
            "1234-5-6",
            "2019-9.7",
            "电话0516-2019-0907",
            "1.2.3",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn fields_and_addresses_have_shorter_ones() {
        assert_eq!(read("20190907").map(|m| m.to_string()).as_deref(), Some("2019-09-07"));
        assert_eq!(read("1567810371").map(|m| m.to_string()).as_deref(), Some("2019-09-07T06:52+08:00"));
        for address in [
            "http://a.example/n1/2019/0907/c1.html",
            "/2019-09/07/c_1.htm",
            "/2019/09/07/1",
            "/t20190907_1.html",
        ] {
            assert_eq!(
                of_address(address).map(|m| m.to_string()).as_deref(),
                Some("2019-09-07"),
                "{address}"
            );
        }
        assert_eq!(of_address("/doc/1234567890/20199999/"), None);
    }
}
