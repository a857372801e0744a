//! Prints the description of the API (`cargo xtask openapi` keeps it in docs/openapi.json).

fn main() {
    print!("{}", web::api::openapi::text());
}
