//! Our note type as the learner's collection has it: with fields and templates added, renamed, moved and deleted,
//! with a style sheet of the learner's.
//!
//! Anki's importer takes notes and note types as wholes, so a package for a collection that was read has the note type
//! of that collection: the same fields and templates in the same order, known by their numbers, all settings as they
//! are. Nothing then is merged, restored or written over. A template or a style sheet is replaced by a newer one only
//! where it is one that this program gave.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::deck::note_type::{self, STYLE, TEMPLATES, is_ours};
use crate::deck::{AsRead, Card, Field};

/// Our note type in a collection of Anki's.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeInAnki {
    /// As Anki writes it in schema 11.
    model: Map<String, Value>,
    by: By,
    fields: Vec<Place>,
    templates: Vec<Option<Card>>,
}

/// The way in which fields and templates are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// All: their numbers, their settings.
    Numbers,
    /// No more than their names, so that names have to match them.
    Names,
}

/// The content of one of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of our fields, whatever it is called.
    Ours(Field),
    /// A field of the learner's own, of this name.
    Theirs(String),
}

/// The owner of a package's style sheet and templates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// The learner's, where there are any.
    #[default]
    Theirs,
    /// Ours, whatever the learner has made of them.
    Ours,
}

impl TypeInAnki {
    /// Of the note type as Anki writes it in schema 11; `None` if it is none that can have come of ours. Where an old
    /// AnkiConnect tells no more than names, what templates say, and the style sheet, the rest is as in ours.
    #[must_use]
    pub fn of(model: &Value) -> Option<Self> {
        let model = model.as_object()?;
        if model.contains_key("mod") {
            return Self::read(model.clone(), By::Numbers);
        }
        model.get("flds")?;
        let mut whole = super::note_type::ours();
        for key in ["flds", "tmpls"] {
            let Some(there) = model.get(key).and_then(Value::as_array) else { continue };
            let ours = whole.get(key)?.as_array()?;
            let like = there.iter().map(|one| {
                let mut like = ours.iter().find(|ours| ours["name"] == one["name"]).or(ours.first())?.clone();
                if like["name"] != one["name"] {
                    (like["id"], like["description"]) = (Value::Null, json!(""));
                }
                like.as_object_mut()?.extend(one.as_object()?.clone());
                Some(like)
            });
            let like = like.collect::<Option<Vec<Value>>>()?;
            whole.insert(key.to_owned(), like.into());
        }
        let told = model.iter().filter(|(key, _)| !["flds", "tmpls"].contains(&key.as_str()));
        whole.extend(told.map(|(key, value)| (key.clone(), value.clone())));
        whole.insert("mod".to_owned(), json!(0));
        Self::read(whole, By::Names)
    }

    /// From what [`to_text`](Self::to_text) wrote.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let mut kept: Map<String, Value> = serde_json::from_str(text).ok()?;
        let by = if kept.remove("by")? == "names" { By::Names } else { By::Numbers };
        match kept.remove("type")? {
            Value::Object(model) => Self::read(model, by),
            _ => None,
        }
    }

    /// As the library keeps it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let by = if self.by == By::Names { "names" } else { "numbers" };
        json!({ "by": by, "type": self.model }).to_string()
    }

    fn read(mut model: Map<String, Value>, by: By) -> Option<Self> {
        if model.get("type").and_then(Value::as_i64) != Some(0) || !model.get("name")?.is_string() {
            return None;
        }
        model.insert("id".to_owned(), json!(note_type::ID));
        for key in ["flds", "tmpls"] {
            let list = model.get_mut(key)?.as_array_mut()?;
            if list.is_empty() || list.iter().any(|one| !one["name"].is_string()) {
                return None;
            }
            list.sort_by_key(|one| one["ord"].as_i64());
        }
        let names = |key: &str| -> Vec<(String, Option<i64>)> {
            let list = model[key].as_array().into_iter().flatten();
            list.map(|one| (one["name"].as_str().unwrap_or_default().to_owned(), one["id"].as_i64()))
                .collect()
        };
        let there = names("flds");
        let ours = Field::ALL.map(|field| (field, field.id(), field.name()));
        let fields = identify(&there, &ours);
        let places = fields
            .into_iter()
            .zip(there)
            .map(|(ours, (name, _))| ours.map_or(Place::Theirs(name), Place::Ours));
        let ours = std::array::from_fn::<_, 4, _>(|at| (Card::ALL[at], TEMPLATES[at].id, TEMPLATES[at].name));
        let templates = identify(&names("tmpls"), &ours);
        Some(Self { fields: places.collect(), templates, model, by })
    }

    /// A note of this type, read from its fields.
    pub fn as_read<'f>(&self, fields: impl Iterator<Item = &'f str>, tags: &str) -> AsRead {
        let mut read = AsRead { tags: tags.to_owned(), ..AsRead::default() };
        for (place, html) in self.fields.iter().zip(fields) {
            match place {
                Place::Ours(field) => drop(read.ours.insert(*field, html.to_owned())),
                Place::Theirs(name) => read.theirs.push((name.clone(), html.to_owned())),
            }
        }
        read
    }

    /// Whether all kinds of card have their template.
    #[must_use]
    pub fn has_all_cards(&self) -> bool {
        Card::ALL.into_iter().all(|card| self.place_of(card).is_some())
    }

    /// The place of a kind of card among the templates; `None` where the learner deleted it.
    #[must_use]
    pub fn place_of(&self, card: Card) -> Option<usize> {
        self.templates.iter().position(|&there| there == Some(card))
    }

    /// The fields in their order.
    pub(super) fn fields(&self) -> &[Place] {
        &self.fields
    }

    /// Whether the style sheet or one of our templates is the learner's own work.
    #[must_use]
    pub fn has_own_style(&self) -> bool {
        let css = self.model.get("css").and_then(Value::as_str).unwrap_or(STYLE);
        let templates = self.model["tmpls"].as_array().into_iter().flatten().zip(&self.templates);
        let mut sides = templates.filter_map(|(there, card)| {
            let ours = &TEMPLATES[(*card)? as usize];
            Some([(there["qfmt"].as_str()?, ours.front), (there["afmt"].as_str()?, ours.back)])
        });
        !is_ours(css)
            || sides.any(|sides| sides.iter().any(|(there, ours)| !self.is_side_of_ours(there, ours)))
    }

    /// Whether a side of a template is one that this program gave, as Anki rewrote it when fields were renamed or
    /// deleted.
    fn is_side_of_ours(&self, there: &str, ours: &str) -> bool {
        let back = self.fields.iter().zip(self.names()).filter_map(|(place, name)| match place {
            Place::Ours(field) => Some((name, field.name())),
            Place::Theirs(_) => None,
        });
        let back: BTreeMap<&str, &str> = back.collect();
        let in_our_words = with_names(there, |name| Some(back.get(name).copied().unwrap_or(name)));
        is_ours(&in_our_words) || there == self.in_their_words(ours)
    }

    /// A side of one of our templates with the names that our fields have here, and without those that are deleted.
    fn in_their_words(&self, ours: &str) -> String {
        with_names(ours, |name| match Field::ALL.into_iter().find(|field| field.name() == name) {
            Some(field) => {
                let place = self.fields.iter().position(|place| *place == Place::Ours(field))?;
                self.names().nth(place)
            }
            None => Some(name),
        })
    }

    /// The names of the fields.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.model["flds"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|field| field["name"].as_str().unwrap_or_default())
    }

    /// The note type for a package: later than the one that is there only where there is something to bring.
    pub(super) fn for_package(&self, style: Style, now: i64) -> Value {
        let ours = Value::Object(super::note_type::ours());
        if self.by == By::Numbers && covers(&ours, &Value::Object(self.model.clone())) {
            return ours;
        }
        let mut model = self.model.clone();
        let mut brought = false;
        let mut bring = |there: &mut Value, is_given: bool, ours: &str| {
            if there.as_str() != Some(ours) && (style == Style::Ours || is_given) {
                *there = json!(ours);
                brought = true;
            }
        };
        let css = model.entry("css").or_insert_with(|| json!(STYLE));
        let is_given = css.as_str().is_some_and(is_ours);
        bring(css, is_given, STYLE);
        let mut lists = ["flds", "tmpls"].map(|key| model[key].as_array().cloned().unwrap_or_default());
        for (there, card) in lists[1].iter_mut().zip(&self.templates) {
            let Some(ours) = card.map(|card| &TEMPLATES[card as usize]) else { continue };
            for (side, ours) in [("qfmt", ours.front), ("afmt", ours.back)] {
                let is_given = there[side].as_str().is_some_and(|there| self.is_side_of_ours(there, ours));
                bring(&mut there[side], is_given, &self.in_their_words(ours));
            }
        }
        for list in &mut lists {
            for (ord, one) in list.iter_mut().enumerate() {
                one["ord"] = json!(ord);
                if self.by == By::Names {
                    one["id"] = Value::Null;
                }
            }
        }
        let there = model.get("mod").and_then(Value::as_i64).unwrap_or_default();
        let modified = match style {
            Style::Ours if brought => now.max(there + 1),
            Style::Theirs if brought && self.by == By::Numbers => there + 1,
            _ => there,
        };
        let [fields, templates] = lists;
        let settled = json!({ "mod": modified, "usn": 0, "req": [], "flds": fields, "tmpls": templates });
        model.extend(settled.as_object().cloned().unwrap_or_default());
        model.into()
    }
}

/// A side of a template whose fields have other names: `None` takes a field out, and leaves what stands round it.
fn with_names<'n>(side: &'n str, name: impl Fn(&'n str) -> Option<&'n str>) -> String {
    let mut out = String::with_capacity(side.len());
    let mut rest = side;
    while let Some((before, (inside, after))) =
        rest.split_once("{{").and_then(|(before, from)| Some((before, from.split_once("}}")?)))
    {
        out.push_str(before);
        let start = inside.find(|c| !matches!(c, '#' | '^' | '/')).unwrap_or(inside.len());
        let at = inside.rfind(':').map_or(start, |colon| colon + 1).max(start);
        if let Some(name) = name(&inside[at..]) {
            out.extend(["{{", &inside[..at], name, "}}"]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Which of ours each of the fields or templates is: by its number; one without a number by its name, and one of a
/// name that is none of ours by its place, if the one of ours that stood there is missing.
fn identify<T: Copy>(there: &[(String, Option<i64>)], ours: &[(T, i64, &str)]) -> Vec<Option<T>> {
    let mut found: Vec<Option<usize>> =
        there.iter().map(|(_, id)| ours.iter().position(|(_, ours, _)| Some(*ours) == *id)).collect();
    let named = |name: &str| ours.iter().position(|(.., ours)| *ours == name);
    for by_place in [false, true] {
        for (place, (name, _)) in there.iter().enumerate().filter(|(_, (_, id))| id.is_none()) {
            let one = match named(name) {
                None if by_place => Some(place).filter(|&place| place < ours.len()),
                one => one,
            };
            if found[place].is_none() && one.is_some_and(|one| !found.contains(&Some(one))) {
                found[place] = one;
            }
        }
    }
    found.into_iter().map(|one| one.map(|one| ours[one].0)).collect()
}

/// Whether all that `ours` says is so in `theirs`, but for when it was changed, and what LaTeX is given.
fn covers(ours: &Value, theirs: &Value) -> bool {
    let is_told = |key: &&String| !["mod", "usn", "req", "latexPre", "latexPost"].contains(&key.as_str());
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => ours
            .iter()
            .filter(|(key, _)| is_told(key))
            .all(|(key, value)| theirs.get(key).is_some_and(|theirs| covers(value, theirs))),
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| covers(ours, theirs))
        }
        _ => ours == theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Our note type as Anki tells it, changed.
    fn told(change: impl FnOnce(&mut Value)) -> TypeInAnki {
        let mut model = Value::Object(super::super::note_type::ours());
        (model["mod"], model["originalId"]) = (json!(1_800_000_000), json!(note_type::ID));
        change(&mut model);
        TypeInAnki::of(&model).expect("a note type")
    }

    fn fields(model: &mut Value) -> &mut Vec<Value> {
        model["flds"].as_array_mut().expect("fields")
    }

    fn own_field() -> Value {
        json!({ "name": "My notes", "ord": 3, "id": 7 })
    }

    #[test]
    fn a_note_type_that_is_as_it_was_given_makes_the_package_that_it_always_made() {
        let ours = Value::Object(super::super::note_type::ours());
        let there = told(|_| ());
        assert_eq!(there.for_package(Style::Theirs, 0), ours);
        assert_eq!(TypeInAnki::of_text(&there.to_text()), Some(there));
    }

    #[test]
    fn fields_are_known_by_their_numbers_whatever_they_are_called_and_wherever_they_stand() {
        let there = told(|model| {
            let fields = fields(model);
            fields[4]["name"] = json!("Meaning");
            fields.remove(3);
            fields.insert(1, own_field());
            (1..fields.len()).for_each(|ord| fields[ord]["ord"] = json!(ord));
        });
        let values: Vec<String> = (0..there.fields().len()).map(|at| at.to_string()).collect();
        let read = there.as_read(values.iter().map(String::as_str), "a b");
        assert_eq!((read.tags.as_str(), read.theirs), ("a b", vec![("My notes".to_owned(), "1".to_owned())]));
        assert_eq!(read.ours.get(&Field::English).map(String::as_str), Some("4"));
        assert_eq!((read.ours.len(), read.ours.get(&Field::Zhuyin)), (18, None));
        let model = there.for_package(Style::Theirs, 0);
        assert_eq!((&model["flds"][1]["id"], &model["flds"][4]["name"]), (&json!(7), &json!("Meaning")));
        assert!(!there.has_own_style());
    }

    #[test]
    fn where_only_names_are_told_a_renamed_field_is_known_by_its_place() {
        let fields: Vec<Value> = Field::ALL
            .iter()
            .enumerate()
            .map(|(ord, field)| if *field == Field::English { (ord, "Meaning") } else { (ord, field.name()) })
            .chain([(19, "My notes")])
            .map(|(ord, name)| json!({ "name": name, "ord": ord }))
            .collect();
        let there =
            TypeInAnki::of(&json!({ "id": 1, "name": "x", "type": 0, "flds": fields })).expect("a note type");
        assert_eq!(there.fields()[4], Place::Ours(Field::English));
        assert_eq!(there.fields()[19], Place::Theirs("My notes".to_owned()));
        assert_eq!(TypeInAnki::of_text(&there.to_text()), Some(there.clone()));
        let model = there.for_package(Style::Theirs, 0);
        assert_eq!((&model["mod"], &model["flds"][4]["name"]), (&json!(0), &json!("Meaning")));
        assert!(model["flds"].as_array().expect("fields").iter().all(|field| field["id"].is_null()));
    }

    #[test]
    fn a_field_made_anew_under_a_name_of_ours_is_the_learners() {
        let there = told(|model| fields(model)[4]["id"] = json!(9));
        assert_eq!(there.fields()[4], Place::Theirs("English".to_owned()));
    }

    #[test]
    fn a_style_is_replaced_only_where_it_is_ours_or_the_learner_says_so() {
        let older: Vec<&str> = STYLE.lines().filter(|line| !line.starts_with(".unsure")).collect();
        let there = told(|model| {
            model["css"] = json!(older.join("\n"));
            model["tmpls"][0]["afmt"] = json!("mine");
        });
        assert!(there.has_own_style());
        let model = there.for_package(Style::Theirs, 5);
        assert_eq!((&model["css"], &model["tmpls"][0]["afmt"]), (&json!(STYLE), &json!("mine")));
        assert_eq!(model["mod"], 1_800_000_001, "Anki takes the one that was changed later");
        let model = there.for_package(Style::Ours, 1_900_000_000);
        assert_eq!(model["tmpls"][0]["afmt"], TEMPLATES[0].back);
        assert_eq!(model["mod"], 1_900_000_000);
        let there = told(|model| model["css"] = json!("mine"));
        let model = there.for_package(Style::Theirs, 5);
        assert_eq!((&model["css"], &model["mod"]), (&json!("mine"), &json!(1_800_000_000)));
    }

    #[test]
    fn a_template_that_was_deleted_has_no_cards() {
        let there = told(|model| drop(model["tmpls"].as_array_mut().expect("templates").remove(1)));
        assert_eq!((there.place_of(Card::Production), there.place_of(Card::Cloze)), (None, Some(2)));
        assert!(!there.has_all_cards() && told(|_| ()).has_all_cards());
    }

    #[test]
    fn sides_of_templates_follow_the_names_of_fields() {
        let side = "{{#A}}<b>{{A}}</b> {{tts zh_CN:A}} {{B}}{{/A}} {{FrontSide}} {{ {";
        let renamed = with_names(side, |name| Some(if name == "A" { "X Y" } else { name }));
        assert_eq!(renamed, "{{#X Y}}<b>{{X Y}}</b> {{tts zh_CN:X Y}} {{B}}{{/X Y}} {{FrontSide}} {{ {");
        assert_eq!(with_names("{{#A}}<b>{{A}}</b>{{/A}}x", |_| None), "<b></b>x");
        let there = told(|model| {
            fields(model)[4]["name"] = json!("Meaning");
            let back = TEMPLATES[0].back.replace("English", "Meaning");
            model["tmpls"][0]["afmt"] = json!(back);
        });
        let back = &there.model["tmpls"][0]["afmt"];
        assert!(there.is_side_of_ours(back.as_str().expect("a side"), TEMPLATES[0].back));
    }

    #[test]
    fn what_is_no_note_type_of_ours_is_none() {
        for model in
            [json!(1), json!({}), json!({ "mod": 1, "type": 1, "name": "x", "flds": [], "tmpls": [] })]
        {
            assert_eq!(TypeInAnki::of(&model), None, "{model}");
        }
        assert_eq!(TypeInAnki::of_text("{}"), None);
    }
}
