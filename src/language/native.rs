//! Rust functions for Rhai, registered in little code.
//!
//! Rhai compiles its registration, its conversion of arguments and a wrapper for each function that is given to it: for the two hundred that rules
//! may call that was a tenth of the WebAssembly module. Here each function is compiled to one small method of a trait object, and the rest once.
//! What Rhai sees is the same: names, types of parameters, and whether the first argument is passed by reference.
//!
//! Left out: parameters of type `&str`; a text is an [`ImmutableString`](rhai::ImmutableString).

use std::any::TypeId;
use std::marker::PhantomData;
use std::sync::Arc;

use rhai::{
    Array, Dynamic, EvalAltResult, FuncRegistration, ImmutableString, Map, Module, NativeCallContext, Position,
    RhaiFunc, Variant,
};

use crate::calendar::{Duration, Instant};
use crate::language::values::{TimeAgo, WorkingDays, WorkingLength};
use crate::pack::touch::Touch;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;
/// The arguments of a call: as many as the function has parameters, of their types.
type Args<'a, 'b> = std::slice::IterMut<'a, &'b mut Dynamic>;

/// Functions for an engine, as the module of one [`Engine`](rhai::Engine).
#[derive(Default)]
pub(super) struct Functions(Module);

impl Functions {
    /// The module to register.
    pub(super) fn into_module(self) -> Arc<Module> {
        self.0.into()
    }

    /// Adds a function.
    pub(super) fn add<P: 'static, F: Native<P>>(&mut self, name: &str, function: F) -> &mut Self {
        self.put(FuncRegistration::new(name), F::PASSING, true, &F::kinds(), boxed(function))
    }

    /// Adds a function that changes its object, which Rhai refuses for a constant.
    pub(super) fn add_changing<P: 'static, F: Native<P>>(&mut self, name: &str, function: F) -> &mut Self {
        self.put(FuncRegistration::new(name), F::PASSING, false, &F::kinds(), boxed(function))
    }

    /// Adds a property of an object.
    pub(super) fn add_property<P: 'static, F: Native<P>>(&mut self, name: &str, function: F) -> &mut Self {
        self.put(FuncRegistration::new_getter(name), F::PASSING, true, &F::kinds(), boxed(function))
    }

    /// Adds functions of one type. Closures have a type each, and each is compiled by itself; these share what calls them.
    pub(super) fn add_all<P: 'static, F: Native<P>, const COUNT: usize>(&mut self, functions: [(&str, F); COUNT]) {
        for (name, function) in functions {
            self.add(name, function);
        }
    }

    #[inline(never)]
    fn put(
        &mut self,
        registration: FuncRegistration,
        Passing { by_reference, with_context: has_context }: Passing,
        is_pure: bool,
        kinds: &[TypeId],
        function: Box<dyn Body>,
    ) -> &mut Self {
        let func = Arc::new(move |context: Option<NativeCallContext<'_>>, args: &mut [&mut Dynamic]| {
            function.call(context, args.iter_mut())
        });
        let func = if by_reference {
            RhaiFunc::Method { func, has_context, is_pure, is_volatile: false }
        } else {
            RhaiFunc::Pure { func, has_context, is_pure, is_volatile: false }
        };
        registration.in_global_namespace().set_into_module_raw(&mut self.0, kinds, func);
        self
    }
}

/// How a function takes its arguments.
#[derive(Clone, Copy)]
pub(super) struct Passing {
    /// Whether its first parameter is a reference to the object.
    by_reference: bool,
    /// Whether it is given the context of its call.
    with_context: bool,
}

/// A Rust function with parameters `P`, a marker that tells the forms of functions apart.
pub(super) trait Native<P>: Send + Sync + 'static {
    /// How it takes them.
    const PASSING: Passing;
    /// Their types.
    fn kinds() -> Vec<TypeId>;
    /// Calls it.
    ///
    /// # Errors
    /// Its own.
    fn invoke(&self, context: Option<NativeCallContext<'_>>, args: Args<'_, '_>) -> Result<Dynamic>;
}

/// A function of which the parameters are forgotten.
trait Body: Send + Sync {
    fn call(&self, context: Option<NativeCallContext<'_>>, args: Args<'_, '_>) -> Result<Dynamic>;
}

struct Typed<F, P>(F, PhantomData<fn(P)>);

impl<P: 'static, F: Native<P>> Body for Typed<F, P> {
    fn call(&self, context: Option<NativeCallContext<'_>>, args: Args<'_, '_>) -> Result<Dynamic> {
        self.0.invoke(context, args)
    }
}

fn boxed<P: 'static, F: Native<P>>(function: F) -> Box<dyn Body> {
    Box::new(Typed(function, PhantomData))
}

/// What a function may return.
pub(super) trait Answer {
    /// The value as Rhai holds it.
    ///
    /// # Errors
    /// The error that the function returned in its place.
    fn answer(self) -> Result<Dynamic>;
}

impl<T: Answer> Answer for Result<T> {
    fn answer(self) -> Result<Dynamic> {
        self.and_then(Answer::answer)
    }
}

macro_rules! answers {
    ($($kind:ty),*) => { $(impl Answer for $kind {
        fn answer(self) -> Result<Dynamic> {
            Ok(Dynamic::from(self))
        }
    })* };
}
answers!(
    (),
    bool,
    i64,
    f64,
    String,
    ImmutableString,
    Array,
    Map,
    Dynamic,
    Duration,
    Instant,
    TimeAgo,
    WorkingDays,
    WorkingLength,
    Touch,
    std::ops::Range<i64>
);

/// The next argument by value.
#[inline(never)]
fn take<T: Variant + Clone>(args: &mut Args<'_, '_>) -> Result<T> {
    args.next().and_then(|arg| std::mem::take(*arg).try_cast::<T>()).ok_or_else(no_argument)
}

/// Never seen: Rhai calls a function only with arguments of the types that it was registered with.
#[cold]
fn no_argument() -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime("an argument of another type".into(), Position::NONE))
}

/// The parameters of a function that takes all of them by value.
pub(super) struct ByValue<P>(PhantomData<P>);
/// The parameters of a function of which the first is a reference to the object.
pub(super) struct OfObject<P>(PhantomData<P>);
/// The parameters of a function that also takes the context of its call.
pub(super) struct InContext<P>(PhantomData<P>);

macro_rules! native {
    ($($kind:ident $value:ident),*) => {
        impl<F, R: Answer, $($kind: Variant + Clone,)*> Native<ByValue<($($kind,)*)>> for F
        where
            F: Fn($($kind),*) -> R + Send + Sync + 'static,
        {
            const PASSING: Passing = Passing { by_reference: false, with_context: false };
            fn kinds() -> Vec<TypeId> {
                vec![$(TypeId::of::<$kind>()),*]
            }
            #[allow(unused_mut, unused_variables, reason = "a function without parameters reads none")]
            fn invoke(&self, _: Option<NativeCallContext<'_>>, mut args: Args<'_, '_>) -> Result<Dynamic> {
                $(let $value = take::<$kind>(&mut args)?;)*
                self($($value),*).answer()
            }
        }
        impl<F, R: Answer, $($kind: Variant + Clone,)*> Native<InContext<ByValue<($($kind,)*)>>> for F
        where
            F: for<'c> Fn(NativeCallContext<'c>, $($kind),*) -> R + Send + Sync + 'static,
        {
            const PASSING: Passing = Passing { by_reference: false, with_context: true };
            fn kinds() -> Vec<TypeId> {
                vec![$(TypeId::of::<$kind>()),*]
            }
            #[allow(unused_mut, unused_variables, reason = "a function without parameters reads none")]
            fn invoke(&self, context: Option<NativeCallContext<'_>>, mut args: Args<'_, '_>) -> Result<Dynamic> {
                $(let $value = take::<$kind>(&mut args)?;)*
                self(context.ok_or_else(no_argument)?, $($value),*).answer()
            }
        }
        impl<F, R: Answer, O: Variant + Clone, $($kind: Variant + Clone,)*> Native<OfObject<(O, $($kind,)*)>> for F
        where
            F: Fn(&mut O, $($kind),*) -> R + Send + Sync + 'static,
        {
            const PASSING: Passing = Passing { by_reference: true, with_context: false };
            fn kinds() -> Vec<TypeId> {
                vec![TypeId::of::<O>(), $(TypeId::of::<$kind>()),*]
            }
            fn invoke(&self, _: Option<NativeCallContext<'_>>, mut args: Args<'_, '_>) -> Result<Dynamic> {
                let object = args.next().ok_or_else(no_argument)?;
                $(let $value = take::<$kind>(&mut args)?;)*
                let mut object = object.write_lock::<O>().ok_or_else(no_argument)?;
                self(&mut object, $($value),*).answer()
            }
        }
        impl<F, R: Answer, O: Variant + Clone, $($kind: Variant + Clone,)*> Native<InContext<OfObject<(O, $($kind,)*)>>> for F
        where
            F: for<'c> Fn(NativeCallContext<'c>, &mut O, $($kind),*) -> R + Send + Sync + 'static,
        {
            const PASSING: Passing = Passing { by_reference: true, with_context: true };
            fn kinds() -> Vec<TypeId> {
                vec![TypeId::of::<O>(), $(TypeId::of::<$kind>()),*]
            }
            fn invoke(&self, context: Option<NativeCallContext<'_>>, mut args: Args<'_, '_>) -> Result<Dynamic> {
                let object = args.next().ok_or_else(no_argument)?;
                $(let $value = take::<$kind>(&mut args)?;)*
                let mut object = object.write_lock::<O>().ok_or_else(no_argument)?;
                self(context.ok_or_else(no_argument)?, &mut object, $($value),*).answer()
            }
        }
    };
}
native!();
native!(A a);
native!(A a, B b);
native!(A a, B b, C c);
native!(A a, B b, C c, D d);
