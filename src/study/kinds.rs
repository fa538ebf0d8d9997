//! Kinds of events by name. The names are those of the variants of [`Event`], read from its own
//! serialisation, so that a new kind needs no line here and cannot be forgotten.

use crate::battle::{CommandEvent, Event};
use serde::{
    Deserialize, Serialize,
    de::{self, Deserializer, Visitor},
    ser::{self, Impossible, Serializer},
};
use std::fmt;

/// The kind of an event.
pub fn of(event: &Event) -> &'static str {
    named(event)
}

/// The kind of an event of command.
pub fn of_command(event: &CommandEvent) -> &'static str {
    named(event)
}

/// The name of an enum's variant; empty for anything else.
pub fn named(value: &impl Serialize) -> &'static str {
    match value.serialize(Namer) {
        Ok(never) => match never {},
        Err(Found(name)) => name,
    }
}

/// All kinds there are, in the order in which they are declared.
pub fn all() -> &'static [&'static str] {
    match Event::deserialize(Lister) {
        Err(Listed(names)) => names,
        Ok(_) => &[],
    }
}

/// A serialiser that stops at the name of the variant.
struct Namer;

/// The name, as the "error" that ends the serialisation.
#[derive(Debug)]
struct Found(&'static str);

/// Nothing is ever serialised to the end.
enum Never {}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Found {}

impl ser::Error for Found {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Found("")
    }
}

/// Methods for values that are no variants of an enum.
macro_rules! no_variant {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<Never, Found> {
            Err(Found(""))
        })*
    };
}

impl Serializer for Namer {
    type Ok = Never;
    type Error = Found;
    type SerializeSeq = Impossible<Never, Found>;
    type SerializeTuple = Impossible<Never, Found>;
    type SerializeTupleStruct = Impossible<Never, Found>;
    type SerializeTupleVariant = Impossible<Never, Found>;
    type SerializeMap = Impossible<Never, Found>;
    type SerializeStruct = Impossible<Never, Found>;
    type SerializeStructVariant = Impossible<Never, Found>;

    no_variant!(
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
        serialize_bytes: &[u8],
        serialize_unit_struct: &'static str,
    );

    fn serialize_none(self) -> Result<Never, Found> {
        Err(Found(""))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Never, Found> {
        Err(Found(""))
    }

    fn serialize_unit(self) -> Result<Never, Found> {
        Err(Found(""))
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Never, Found> {
        Err(Found(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<Never, Found> {
        Err(Found(""))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Never, Found> {
        Err(Found(variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Found> {
        Err(Found(""))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Found> {
        Err(Found(""))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Found> {
        Err(Found(""))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Found> {
        Err(Found(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Found> {
        Err(Found(""))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Found> {
        Err(Found(""))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Found> {
        Err(Found(variant))
    }
}

/// A deserialiser that stops at the list of variants.
struct Lister;

/// The list, as the "error" that ends the deserialisation.
#[derive(Debug)]
struct Listed(&'static [&'static str]);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("kinds of events")
    }
}

impl std::error::Error for Listed {}

impl de::Error for Listed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Listed(&[])
    }
}

impl<'de> Deserializer<'de> for Lister {
    type Error = Listed;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Listed> {
        Err(Listed(&[]))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Listed> {
        Err(Listed(variants))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
