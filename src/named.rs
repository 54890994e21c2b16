//! Enums whose values have names: those that libraries, deck files, `--json` and the command line write.

/// An enum of which each value has a name, written beside it once: `Known = "known"`.
///
/// It gets `ALL` (in the order of the values), `as_str` and `Display`. With `else "is no …"` behind it, it gets
/// `FromStr` too, whose error says that of the text which is no name. A name may have others beside it that are read
/// like it and never written: `V2015 = "2015" | "2.0"`.
macro_rules! named {
    (
        $(#[$meta:meta])*
        $vis:vis enum $type:ident {
            $($(#[$about:meta])* $value:ident = $name:literal $(| $other:literal)*,)+
        }
        else $fault:literal
    ) => {
        named! {
            $(#[$meta])*
            $vis enum $type {
                $($(#[$about])* $value = $name,)+
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($name $(| $other)* => Ok(Self::$value),)+
                    _ => Err(format!(concat!("“{}” ", $fault), text)),
                }
            }
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $type:ident {
            $($(#[$about:meta])* $value:ident = $name:literal,)+
        }
    ) => {
        $(#[$meta])*
        $vis enum $type {
            $($(#[$about])* $value,)+
        }

        impl $type {
            /// All of them, in their order.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$value),+];

            /// Its name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $name,)+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use named;
