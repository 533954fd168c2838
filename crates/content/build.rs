//! Embedded content is read when this crate is compiled: a change under content/ must compile it again.

fn main() {
    println!("cargo::rerun-if-changed=../../content");
}
