//! Is there a display to open a window on? Asked before the window is tried, so that a machine
//! without one gets a sentence and not a crash. Opens a connection and shuts it; draws nothing.

/// Whether a window can be opened.
///
/// # Errors
/// Why not, as the end of a sentence that begins with "no window can be opened: ".
#[cfg(not(all(unix, not(target_os = "macos"), not(target_os = "android"))))]
pub fn find() -> Result<(), String> {
    Ok(())
}

/// Whether a window can be opened.
///
/// # Errors
/// Why not, as the end of a sentence that begins with "no window can be opened: ".
#[cfg(all(unix, not(target_os = "macos"), not(target_os = "android")))]
pub fn find() -> Result<(), String> {
    let set = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let folder = set("XDG_RUNTIME_DIR");
    sockets::find(
        set("WAYLAND_DISPLAY").as_deref(),
        set("DISPLAY").as_deref(),
        folder.as_deref(),
    )
}

#[cfg(all(unix, not(target_os = "macos"), not(target_os = "android")))]
mod sockets {
    use std::{
        net::{TcpStream, ToSocketAddrs},
        os::unix::net::UnixStream,
        path::{Path, PathBuf},
        time::Duration,
    };

    /// Longest wait for a display on another machine.
    const PATIENCE: Duration = Duration::from_secs(3);

    /// TCP port of X display 0.
    const X_PORT: u16 = 6000;

    pub fn find(
        wayland: Option<&str>,
        x: Option<&str>,
        folder: Option<&str>,
    ) -> Result<(), String> {
        let mut silent = Vec::new();
        if let Some(name) = wayland {
            if answers_wayland(name, folder) {
                return Ok(());
            }
            silent.push(format!("WAYLAND_DISPLAY is `{name}`"));
        }
        if let Some(name) = x {
            if answers_x(name) {
                return Ok(());
            }
            silent.push(format!("DISPLAY is `{name}`"));
        }
        if silent.is_empty() {
            return Err("neither DISPLAY nor WAYLAND_DISPLAY names a display".to_owned());
        }
        Err(format!(
            "{}, and nothing answers there",
            silent.join(" and ")
        ))
    }

    fn answers_wayland(name: &str, folder: Option<&str>) -> bool {
        let path = match (Path::new(name).is_absolute(), folder) {
            (true, _) => PathBuf::from(name),
            (false, Some(folder)) => Path::new(folder).join(name),
            (false, None) => return false,
        };
        UnixStream::connect(path).is_ok()
    }

    /// `[host]:display[.screen]`, as X programs read it.
    fn answers_x(name: &str) -> bool {
        let Some((host, rest)) = name.rsplit_once(':') else {
            return false;
        };
        let Ok(number) = rest.split('.').next().unwrap_or("").parse::<u16>() else {
            return false;
        };
        if host.is_empty() || host == "unix" {
            return answers_x_here(number);
        }
        if host.starts_with('/') {
            return UnixStream::connect(name).is_ok() || UnixStream::connect(host).is_ok();
        }
        let Some(port) = X_PORT.checked_add(number) else {
            return false;
        };
        let host = host.trim_start_matches("tcp/");
        (host, port)
            .to_socket_addrs()
            .into_iter()
            .flatten()
            .any(|at| TcpStream::connect_timeout(&at, PATIENCE).is_ok())
    }

    fn answers_x_here(number: u16) -> bool {
        let path = format!("/tmp/.X11-unix/X{number}");
        if UnixStream::connect(&path).is_ok() {
            return true;
        }
        #[cfg(target_os = "linux")]
        {
            use std::os::{linux::net::SocketAddrExt, unix::net::SocketAddr};
            if let Ok(at) = SocketAddr::from_abstract_name(path.as_bytes()) {
                return UnixStream::connect_addr(&at).is_ok();
            }
        }
        false
    }

    #[cfg(test)]
    mod tests {
        use super::find;
        use std::os::unix::net::UnixListener;

        #[test]
        fn no_display_is_named() {
            let error = find(None, None, Some("/nowhere")).unwrap_err();
            assert!(error.starts_with("neither DISPLAY"), "{error}");
        }

        #[test]
        fn a_display_that_does_not_answer_is_named() {
            let error = find(Some("wayland-0"), Some(":41937"), Some("/nowhere")).unwrap_err();
            assert!(
                error.contains("`wayland-0`") && error.contains("`:41937`"),
                "{error}"
            );
            for odd in ["", "0", ":", ":x", "host:99999", ":-1"] {
                assert!(find(None, Some(odd), None).is_err(), "{odd}");
            }
        }

        #[test]
        fn a_display_that_answers_is_found() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("wayland-7");
            let _display = UnixListener::bind(&path).unwrap();
            assert_eq!(
                find(Some("wayland-7"), None, folder.path().to_str()),
                Ok(())
            );
            assert_eq!(find(path.to_str(), Some(":41937"), None), Ok(()));
        }
    }
}
