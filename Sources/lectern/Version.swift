/// The version of all of Lectern.
let lecternVersion = "0.1.0"
