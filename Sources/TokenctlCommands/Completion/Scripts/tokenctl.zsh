#compdef tokenctl
# zsh completion of tokenctl; written by 'tokenctl completion zsh'
_tokenctl() {
    local line
    local -a names texts
    for line in "${(@f)$("${words[1]}" ---complete $((CURRENT - 1)) "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
        '') ;;
        :files) _files ;;
        :directories) _files -/ ;;
        *)
            names+=("${line%%$'\t'*}")
            texts+=("${line/$'\t'/  -- }")
            ;;
        esac
    done
    (( $#names )) && compadd -l -d texts -a names
}
if [ "$funcstack[1]" = _tokenctl ]; then
    _tokenctl "$@"
else
    compdef _tokenctl tokenctl
fi
